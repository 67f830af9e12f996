"""Deciding: claim, check that it is what was looked at, and let the kind's service decide."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.separations import SeparationError
from apps.backoffice.judging.applications import Kind
from apps.common.errors import RELOAD, ConflictError, NotFoundError
from apps.reviews.models import Claim
from apps.reviews.services import claims


class ApplicationChangedError(ConflictError):
    """It was withdrawn and handed in anew since the reviewer opened it."""

    code = "application_changed"
    message = _("It was handed in anew while you looked at it. Look at it again.")
    cure = RELOAD


class OwnApplicationError(SeparationError):
    """Who entered something keeps no reviewer from it."""

    code = "own_application"


def take(kind: Kind, subject: int, *, by: Actor, at: datetime) -> Claim:
    """Claim what waits for half an hour, or prolong one's claim on it.

    Raises:
        NotFoundError: nothing waits there.
        OwnApplicationError: `by` entered it.
        ClaimedByAnotherError: somebody else is at it.
    """
    application = kind.application(subject)
    if application is None:
        raise NotFoundError(subject=subject)
    obstacle = application.judgement(by).obstacle
    if obstacle is not None:
        raise OwnApplicationError(**obstacle.words)
    return claims.take(queue=kind.name, subject_id=str(subject), by=by, at=at)


@transaction.atomic
def approve(kind: Kind, subject: int, *, version: str, by: Actor, at: datetime) -> str:
    """Approve what the reviewer looked at, and say what happened.

    Raises:
        ApplicationChangedError: something else waits by now.
        ClaimedByAnotherError: somebody else is at it.
        DomainError: what the kind's service raises.
    """
    _hold(kind, subject, version=version, by=by, at=at)
    return kind.approve(subject, by=by, at=at)


@transaction.atomic
def reject(
    kind: Kind,
    subject: int,
    *,
    version: str,
    reasons: Sequence[str],
    remark: str,
    by: Actor,
    at: datetime,
) -> str:
    """Refuse what the reviewer looked at, and say what happened.

    Raises:
        ApplicationChangedError: something else waits by now.
        ClaimedByAnotherError: somebody else is at it.
        DomainError: what the kind's service raises.
    """
    _hold(kind, subject, version=version, by=by, at=at)
    return kind.reject(subject, reasons=reasons, remark=remark, by=by, at=at)


def _hold(kind: Kind, subject: int, *, version: str, by: Actor, at: datetime) -> None:
    """Lock it and claim it; where nothing waits the service says so in its own words."""
    found = kind.lock(subject)
    if found is None:
        return
    claims.take(queue=kind.name, subject_id=str(subject), by=by, at=at)
    if found != version:
        raise ApplicationChangedError
