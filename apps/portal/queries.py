"""What the portal's pages show. Long lists are read by key, newest first, never by page number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, QuerySet

from apps.common import clock, ids
from apps.common.clock import SHANGHAI
from apps.ledger import queries as ledger
from apps.ledger.models import Balance, BalanceAlert, LedgerEntry
from apps.messaging.models import Message
from apps.messaging.queries import list_newest_ids
from apps.partners.models import Account, ApiKey
from apps.users.models import User

_FIRST_ID = UUID(int=0)
_LAST_ID = UUID(int=2**128 - 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountBalance:
    """An account with its credit, zero where nothing was ever credited, and how long it lasts.

    `days_left` is at the pace of the last 14 days; None where nothing was spent in them.
    """

    account: Account
    balance: Balance
    alert_below: int | None = None
    days_left: int | None = None

    @property
    def is_low(self) -> bool:
        """Whether less is left than the partner wants to be warned below."""
        return self.alert_below is not None and self.balance.available < self.alert_below


def account_balances(user: User) -> list[AccountBalance]:
    """Return the person's accounts with their credit: the partner's own, then customers'."""
    accounts = Account.objects.visible_to(user).select_related(
        "balance", "balance_alert", "customer"
    )
    rows = list(accounts.order_by(F("customer__name").asc(nulls_first=True), "pk"))
    days_left = ledger.days_left(rows, at=clock.now())
    return [_with_balance(account, days_left[account.pk]) for account in rows]


def _with_balance(account: Account, days_left: int | None) -> AccountBalance:
    alert: BalanceAlert | None = getattr(account, "balance_alert", None)
    return AccountBalance(
        account=account,
        balance=getattr(account, "balance", None) or Balance(account=account),
        alert_below=alert.alert_below if alert else None,
        days_left=days_left,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageFilter:
    """What a message log was narrowed to; dates are days of Asia/Shanghai, both included."""

    status: str = ""
    number: str = ""
    since: date | None = None
    until: date | None = None
    before: UUID = field(default=_LAST_ID)

    @property
    def lower(self) -> UUID:
        """The lowest id that the period allows."""
        return ids.floor(_midnight(self.since)) if self.since else _FIRST_ID

    @property
    def upper(self) -> UUID:
        """The id below which messages are asked for."""
        if self.until is None:
            return self.before
        return min(self.before, ids.floor(_midnight(self.until + timedelta(days=1))))


def newest_messages(
    account_ids: Sequence[int], narrowed: MessageFilter, *, limit: int
) -> list[Message]:
    """Return the newest messages of some accounts, with batch and account, newest first."""
    found = list_newest_ids(
        account_ids,
        first=narrowed.lower,
        below=narrowed.upper,
        status=narrowed.status,
        number=narrowed.number,
        limit=limit,
    )
    messages = Message.objects.filter(pk__in=found, account__in=account_ids)
    return list(messages.select_related("batch", "account").order_by("-pk"))


def ledger_entries(account: Account, *, before: int | None = None) -> QuerySet[LedgerEntry]:
    """Return an account's entries, newest first, from below a number on."""
    entries = LedgerEntry.objects.filter(account=account)
    if before is not None:
        entries = entries.filter(sequence__lt=before)
    return entries.order_by("-sequence")


def api_keys(user: User) -> QuerySet[ApiKey]:
    """Return the keys of the person's accounts: usable ones first, newest first."""
    keys = ApiKey.objects.filter(account__in=Account.objects.visible_to(user))
    return keys.select_related("account").order_by("revoked", "-created", "pk")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)
