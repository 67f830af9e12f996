"""Several at once, where nothing differs: of one kind and partner, equal but for text and account.

Each is approved by its own service in a transaction of its own, so that one that fails keeps no
other from being approved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from apps.backoffice.judging.applications import Application, Kind
from apps.backoffice.judging.kinds import KINDS
from apps.backoffice.judging.queue import Held, claims_held
from apps.common import numbers
from apps.common.errors import DomainError
from apps.reviews.sentences import approved_sentence
from apps.reviews.services import judging
from apps.users.models import User

FEWEST, MOST = 2, 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What was chosen, and why it cannot be approved at once; no obstacle means that it can."""

    kind: Kind | None
    applications: tuple[Application, ...]
    obstacles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one of several."""

    application: Application
    is_approved: bool
    words: str


def compare(keys: Sequence[str], *, user: User, at: datetime) -> Comparison:
    """Lay applications beside each other, named as `Row.key` does."""
    chosen = dict.fromkeys(keys)
    if not FEWEST <= len(chosen) <= MOST:
        return _none(
            gettext("Choose %(fewest)s to %(most)s applications.")
            % {"fewest": FEWEST, "most": MOST}
        )
    names = {key.partition("-")[0] for key in chosen}
    kind = KINDS.get(names.pop()) if len(names) == 1 else None
    if kind is None:
        return _none(gettext("They are of several kinds; choose applications of one kind."))
    subjects = [numbers.row_number(key.partition("-")[2]) for key in chosen]
    found = [kind.application(subject) for subject in subjects if subject is not None]
    waiting = tuple(each for each in found if each is not None)
    obstacles = [*_gone(len(chosen) - len(waiting)), *_obstacles(kind, waiting, user=user, at=at)]
    return Comparison(kind=kind, applications=waiting, obstacles=tuple(obstacles))


def approve(
    comparison: Comparison, *, versions: Mapping[str, str], user: User, at: datetime
) -> list[Outcome]:
    """Approve each of them, as far as they are what the reviewer was shown.

    Args:
        comparison: without obstacles.
        versions: what was shown, by `Row.key`.
        user: the reviewer.
        at: now.
    """
    assert comparison.kind is not None  # noqa: S101 - no kind is an obstacle
    outcomes = []
    for application in comparison.applications:
        row = application.row
        try:
            approved = judging.approve(
                comparison.kind.review,
                row.subject,
                version=versions.get(row.key, ""),
                by=user.as_actor(),
                at=at,
            )
        except DomainError as error:
            outcome = Outcome(application=application, is_approved=False, words=str(error))
        else:
            words = approved_sentence(comparison.kind.review.title(approved))
            outcome = Outcome(application=application, is_approved=True, words=words)
        outcomes.append(outcome)
    return outcomes


def _none(obstacle: str) -> Comparison:
    return Comparison(kind=None, applications=(), obstacles=(obstacle,))


def _gone(count: int) -> list[str]:
    if not count:
        return []
    return [
        ngettext(
            "%(count)s of them does not wait any more.",
            "%(count)s of them do not wait any more.",
            count,
        )
        % {"count": count}
    ]


def _obstacles(
    kind: Kind, applications: Sequence[Application], *, user: User, at: datetime
) -> list[str]:
    if not applications:
        return []
    found = []
    if len({each.row.partner_id for each in applications}) > 1:
        found.append(gettext("They are of several partners."))
    first = applications[0].sameness
    differing = [
        name
        for name in first
        if any(each.sameness.get(name) != first[name] for each in applications[1:])
    ]
    if differing:
        found.append(gettext("They differ in: %(names)s.") % {"names": "、".join(differing)})
    if not all(requirement.is_met for each in applications for requirement in each.requirements):
        found.append(gettext("A required paper is missing or has ended."))
    held = claims_held([kind], at)
    return found + [problem for each in applications for problem in _withheld(each, held, user)]


def _withheld(application: Application, held: Held, user: User) -> list[str]:
    row, found = application.row, []
    obstacle = application.judgement(user.as_actor()).obstacle
    if obstacle is not None:
        found.append(f"{row.title}: {obstacle.text}")
    claim = held.get((row.kind, row.subject))
    if claim is not None and claim.claimed_by_id != user.pk:
        found.append(
            gettext("%(holder)s is at %(application)s.")
            % {"holder": claim.claimed_by.display_name, "application": row.title}
        )
    return found
