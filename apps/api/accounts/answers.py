"""Accounts and transfers as they are answered."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from apps.api import published
from apps.api.answers import Answer, From, list_of, one_of
from apps.common import ids
from apps.ledger.models import Balance
from apps.ledger.models import Transfer as TransferRow
from apps.partners import models
from apps.partners.choices import AccountStatus

STATUSES = list(published.names(AccountStatus))
of = From(models.Account)
of_transfer = From(TransferRow)


def _balance(row: models.Account) -> Balance:
    return getattr(row, "balance", None) or Balance(account=row)


class Account(Answer):
    """An account with its credit in segments."""

    code: str
    customer: str | None = of(
        lambda row: row.customer.name if row.customer else None,
        description="Null for the partner's own.",
    )
    status: Annotated[str, one_of(STATUSES)]
    available: int = of(lambda row: _balance(row).available)
    held: int = of(lambda row: _balance(row).held)
    spent: int = of(lambda row: _balance(row).spent)
    issued: int = of(lambda row: _balance(row).issued)
    alert_below: int | None = of(
        lambda row: row.balance_alert.alert_below if hasattr(row, "balance_alert") else None
    )
    days_left: int | None = Field(
        description="At the pace of the last 14 days; null where nothing was spent."
    )


AccountList = list_of(Account, "AccountList", "A page of accounts.")


class Transfer(Answer):
    """Segments that were moved, and what the account that gave them has left."""

    id: str = of_transfer(lambda row: ids.public("trf", row.id))
    source: str = of_transfer(lambda row: row.source.code, alias="from")
    to: str = of_transfer(lambda row: row.target.code)
    segments: int
    note: str
    available: int
    created_at: datetime
