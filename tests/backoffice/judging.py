"""What the tests of judging share: one of each kind that waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apps.signatures.models import Round
from tests.factories.partners import AccountFactory, CustomerFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.signatures import AuthorisationLetterFactory, SignatureFactory

MORNING = datetime.fromisoformat("2026-03-02T10:00+08:00")  # a Monday, within working hours


def signature(*, due_at: datetime = MORNING, partner: Any = None, **stated: Any) -> Any:
    """Return a signature that waits, with its licence."""
    if partner is not None:
        own = partner.accounts.filter(customer=None).first()
        stated["account"] = own or AccountFactory(partner=partner)
    made = SignatureFactory(submitted=True, proved=True, due_at=due_at, **stated)
    Round.objects.filter(signature=made).update(due_at=due_at)
    return made


def letter(*, due_at: datetime = MORNING, partner: Any = None, **stated: Any) -> Any:
    """Return a letter that waits."""
    if partner is not None:
        stated["partner"] = partner
    return AuthorisationLetterFactory(submitted=True, due_at=due_at, **stated)


def pledge(*, due_at: datetime = MORNING, partner: Any = None, **stated: Any) -> Any:
    """Return a pledge that waits."""
    if partner is not None:
        stated["customer"] = CustomerFactory(partner=partner)
    return PledgeFactory(submitted=True, due_at=due_at, **stated)


@dataclass(frozen=True)
class Made:
    """How a kind's application is made, and one of its reasons."""

    make: Any
    reason: str


MADE = {
    "signatures": Made(signature, "PROOF_UNREADABLE"),
    "letters": Made(letter, "LETTER_INVALID"),
    "pledges": Made(pledge, "NOT_STAMPED"),
}


def after(minutes: int) -> datetime:
    """Return a moment so long after that morning."""
    return MORNING + timedelta(minutes=minutes)


def looked_at(row: Any) -> dict[str, str]:
    """Return what the form of an application says of the round that was looked at."""
    opened = row.rounds.filter(status="WAITING").first() if hasattr(row, "rounds") else None
    return {"version": str(opened.pk)} if opened else {}
