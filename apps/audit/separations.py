"""The table of separations: which act is closed to whom because of what they did before.

All of it stands here, and every service that confirms, approves, publishes or activates asks it with
who did the earlier acts on this very thing: `check("recharges.confirm", by=by, hands={...})`. Pages
ask `judge` beforehand and say what stands in the way. Acts have the names of the history.

A gateway of two or three people may relax rows by the setting RELAXED_SEPARATIONS of its
installation, not in the admin. What was done thanks to it says so: in the history, and on its page.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.labels import label_of
from apps.common.errors import ForbiddenError

# Who did the earlier acts on a thing: user ids by act. Those of nobody, or of the system, are None.
Hands = Mapping[str, Collection[int | None]]


class SeparationError(ForbiddenError):
    """Nobody decides about what they had a hand in."""

    code = "separation"
    message = _("You did “%(before)s” here, so “%(act)s” is for somebody else: %(who)s. %(why)s")
    cure = _("Nobody decides about what they had a hand in. Ask a colleague who had none.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Separation:
    """A row: whoever did one of `not_after` does none of `acts` on the same thing.

    Attributes:
        name: what the setting calls it.
        who: who can do it instead.
        is_relaxable: whether a gateway of few people may do without it.
        why: what could happen otherwise.
    """

    name: str
    acts: frozenset[str]
    not_after: frozenset[str]
    who: Promise
    is_relaxable: bool
    why: Promise

    @property
    def is_relaxed(self) -> bool:
        """Tell whether this installation does without it."""
        return self.is_relaxable and self.name in settings.RELAXED_SEPARATIONS


@dataclass(frozen=True, kw_only=True, slots=True)
class Obstacle:
    """Which earlier act of a person stands in the way of which act."""

    separation: Separation
    act: str
    before: str

    @property
    def text(self) -> str:
        """What the person reads."""
        return str(SeparationError.message) % self.words

    @property
    def words(self) -> dict[str, Promise | str]:
        """What the messages of errors name."""
        return {
            "before": label_of(self.before),
            "act": label_of(self.act),
            "who": self.separation.who,
            "why": self.separation.why,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What the table says of one person and one act.

    Attributes:
        obstacle: what stands in the way, if anything.
        waived: what would, were it not relaxed.
        by_role: the names of relaxed rows that the person's role may do it by.
    """

    obstacle: Obstacle | None
    waived: tuple[Obstacle, ...] = ()
    by_role: tuple[str, ...] = ()

    @property
    def relaxed(self) -> tuple[str, ...]:
        """The names of the relaxed rows that it is done thanks to; kept with the act."""
        return tuple(
            dict.fromkeys([*(each.separation.name for each in self.waived), *self.by_role])
        )


FINANCE = _("another person of finance")
REVIEWER = _("another reviewer")
ADMINISTRATOR = _("another administrator")

_ROWS = (
    Separation(
        name="recharge-typed",
        acts=frozenset({"recharges.confirm"}),
        not_after=frozenset({"bank_entries.enter"}),
        who=FINANCE,
        is_relaxable=False,
        why=_("Nobody else has seen the money that one person typed."),
    ),
    Separation(
        name="recharge-uploaded",
        acts=frozenset({"recharges.confirm"}),
        not_after=frozenset({"statements.upload", "statements.remap"}),
        who=FINANCE,
        is_relaxable=True,
        why=_("A bank's file can be typed by hand, and its columns chosen at will."),
    ),
    Separation(
        name="bank-profile-entered",
        acts=frozenset({"statements.confirm_profile"}),
        not_after=frozenset({"statements.open_profile"}),
        who=_("another person of finance, or an administrator"),
        is_relaxable=True,
        why=_("What is no account of the gateway's own brings no money."),
    ),
    Separation(
        name="recharge-proposed",
        acts=frozenset({"recharges.confirm"}),
        not_after=frozenset({"recharges.propose"}),
        who=FINANCE,
        is_relaxable=True,
        why=_("Above the limit of a person and day, two look at whose money it is."),
    ),
    Separation(
        name="reversal-requested",
        acts=frozenset({"reversals.approve", "reversals.write_off"}),
        not_after=frozenset({"reversals.request"}),
        who=FINANCE,
        is_relaxable=True,
        why=_("Credit that one person takes back or lets go could be anybody's."),
    ),
    Separation(
        name="agreement-drafted",
        acts=frozenset({"agreements.activate"}),
        not_after=frozenset({"agreements.draft"}),
        who=ADMINISTRATOR,
        is_relaxable=False,
        why=_("A contract has been read by two before it holds."),
    ),
    Separation(
        name="agreement-prepared",
        acts=frozenset({"agreements.activate"}),
        not_after=frozenset({"agreements.revise", "agreements.issue", "agreements.attach_copy"}),
        who=ADMINISTRATOR,
        is_relaxable=True,
        why=_("Terms and papers of a contract are seen by two before it holds."),
    ),
    Separation(
        name="prices-drafted",
        acts=frozenset({"rates.publish"}),
        not_after=frozenset({"rates.draft_version", "rates.save_draft"}),
        who=FINANCE,
        is_relaxable=True,
        why=_("A price that one person sets and puts in force can be any price."),
    ),
    Separation(
        name="proposal-made",
        acts=frozenset({"proposals.approve"}),
        not_after=frozenset({"proposals.make"}),
        who=_("another administrator, or risk control"),
        is_relaxable=True,
        why=_("Whoever gives log-ins or changes the rules of money has a second person look."),
    ),
    Separation(
        name="signature-entered",
        acts=frozenset(
            {
                "signatures.approve",
                "signatures.reject",
                "signatures.suspend",
                "signatures.resume",
                "signatures.revoke",
            }
        ),
        not_after=frozenset({"signatures.draft", "signatures.submit", "signatures.add_proof"}),
        who=REVIEWER,
        is_relaxable=False,
        why=_("Whoever applies does not judge."),
    ),
    Separation(
        name="letter-entered",
        acts=frozenset({"letters.approve", "letters.reject", "letters.revoke"}),
        not_after=frozenset({"letters.draft", "letters.submit"}),
        who=REVIEWER,
        is_relaxable=False,
        why=_("Whoever applies does not judge."),
    ),
    Separation(
        name="pledge-entered",
        acts=frozenset({"pledges.approve", "pledges.reject", "pledges.revoke"}),
        not_after=frozenset({"pledges.fill", "pledges.submit"}),
        who=REVIEWER,
        is_relaxable=False,
        why=_("Whoever applies does not judge."),
    ),
)
# Roles that approve are never held with those that administer. It binds people rather than acts:
# `users.permissions` has the roles. Relaxed, an administrator approves, and every such act says so.
ROLES_PARTED = "administrator-approves"
SEPARATIONS: dict[str, Separation] = {row.name: row for row in _ROWS}
RELAXABLE = frozenset(row.name for row in _ROWS if row.is_relaxable) | {ROLES_PARTED}


def of_act(act: str) -> list[Separation]:
    """Return the rows about an act.

    Raises:
        LookupError: none is; a service asks for an act that the table does not know.
    """
    found = [row for row in SEPARATIONS.values() if act in row.acts]
    if not found:
        raise LookupError(act)
    return found


def judge(act: str, *, by: Actor, hands: Hands) -> Judgement:
    """Say what the table says of `by` doing `act` on what `hands` were at."""
    own = {before for before, people in hands.items() if any(map(by.is_same_person, people))}
    met = [
        Obstacle(separation=row, act=act, before=before)
        for row in of_act(act)
        for before in sorted(row.not_after & own)
    ]
    barred = [each for each in met if not each.separation.is_relaxed]
    return Judgement(
        obstacle=barred[0] if barred else None,
        waived=() if barred else tuple(met),
        by_role=by.relaxed if _is_of_approvers(act) else (),
    )


def check(
    act: str,
    *,
    by: Actor,
    hands: Hands,
    errors: Mapping[str, type[SeparationError]] | None = None,
    **data: object,
) -> tuple[str, ...]:
    """Refuse `by` an act that the table closes to them; return the relaxed rows it is done by.

    The names that come back go into the history, with `act(..., relaxed=names)`.

    Args:
        act: what `by` is about to do.
        by: who.
        hands: who did earlier acts on the same thing.
        errors: the classes that keep a code of their own, by the name of the row.
        data: what else their messages name.

    Raises:
        SeparationError: or one of `errors`.
    """
    found = judge(act, by=by, hands=hands)
    if found.obstacle is not None:
        error = (errors or {}).get(found.obstacle.separation.name, SeparationError)
        raise error(**found.obstacle.words, **data)
    return found.relaxed


def relaxed_names() -> list[str]:
    """Return the names of what this installation does without, in the order of the table."""
    known = [*SEPARATIONS, ROLES_PARTED]
    return [name for name in known if name in settings.RELAXED_SEPARATIONS & RELAXABLE]


def relaxed_of(act: str) -> list[str]:
    """Return the names of the relaxed rows about an act."""
    return [row.name for row in of_act(act) if row.is_relaxed]


def _is_of_approvers(act: str) -> bool:
    """Tell whether an act is of those who approve money and applications."""
    return not act.startswith(("agreements.", "proposals.", "statements."))
