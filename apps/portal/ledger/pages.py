"""What pages show of credit: each account's balance, and its movements read by key, newest first."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from apps.common import clock
from apps.ledger import queries as ledger
from apps.ledger.models import Balance, BalanceAlert, LedgerEntry
from apps.partners.models import Account
from apps.users.models import User


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


def ledger_entries(account: Account, *, before: int | None = None) -> QuerySet[LedgerEntry]:
    """Return an account's entries, newest first, from below a number on."""
    entries = LedgerEntry.objects.filter(account=account)
    if before is not None:
        entries = entries.filter(sequence__lt=before)
    return entries.order_by("-sequence")
