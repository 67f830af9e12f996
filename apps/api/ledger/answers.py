"""Credit and its movements as they are answered."""

from datetime import datetime

from apps.api.answers import Answer, From, Small, list_of
from apps.common import ids
from apps.ledger import models
from apps.ledger.choices import About as AboutKind

of = From(models.LedgerEntry)


class Balance(Answer):
    """The account's credit in segments."""

    account: str
    available: int
    held: int
    spent: int
    issued: int
    alert_below: int | None


class About(Answer):
    """What a ledger entry is about."""

    type: Small = of(lambda row: row.about)
    id: str = of(
        lambda row: f"bat_{row.about_id}" if row.about == AboutKind.BATCH else row.about_id
    )


class LedgerEntry(Answer):
    """A movement of credit."""

    id: str = of(lambda row: ids.public("led", row.id))
    sequence: int
    kind: Small
    from_bucket: Small
    to_bucket: Small
    segments: int
    available_after: int
    about: About = of.part(lambda row: row)
    note: str
    created_at: datetime


LedgerList = list_of(LedgerEntry, "LedgerList", "A page of ledger entries.")
