"""Reads of balances and entries."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min, Q, QuerySet, Sum

from apps.common.clock import SHANGHAI
from apps.ledger import rules
from apps.ledger.models import Balance, BalanceAlert, DailySpending, LedgerEntry, Transfer
from apps.partners.models import Account


def balance_of(account_id: int) -> Balance:
    """Return an account's buckets; all zero before its first recharge."""
    return Balance.objects.filter(pk=account_id).first() or Balance(account_id=account_id)


def alert_below(account_id: int) -> int | None:
    """Return below how many segments an account's partner is warned, None where it is not."""
    return BalanceAlert.objects.filter(pk=account_id).values_list("alert_below", flat=True).first()


def list_entries(account_id: int, *, before: int | None, limit: int) -> list[LedgerEntry]:
    """Return an account's newest entries before a sequence, one more than `limit` if there are."""
    rows = LedgerEntry.objects.filter(account_id=account_id)
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    return list(rows.order_by("-sequence")[: limit + 1])


def transfers_of(partner_id: int) -> QuerySet[Transfer]:
    """Return a partner's transfers, newest first, with their accounts."""
    rows = Transfer.objects.filter(partner=partner_id).select_related(
        "source__customer", "target__customer"
    )
    return rows.order_by("-pk")


def days_left(accounts: Iterable[Account], *, at: datetime) -> dict[int, int | None]:
    """Return for how many days each account's credit lasts at the pace of the last 14 days.

    None for those that spent nothing. Accounts come with their balance, so that this is one query
    for all of them.
    """
    rows = {account.pk: account for account in accounts}
    first_day = rules.window_start(at, SHANGHAI)
    spendings = (
        DailySpending.objects.filter(account__in=rows)
        .values("account")
        .annotate(spent=Sum("segments", filter=Q(day__gte=first_day)), first=Min("day"))
    )
    found: dict[int, int | None] = dict.fromkeys(rows)
    for row in spendings:
        found[row["account"]] = rules.days_left(
            available=available_of(rows[row["account"]]),
            spent=row["spent"] or 0,
            since=max(row["first"], first_day),
            at=at,
            zone=SHANGHAI,
        )
    return found


def available_of(account: Account) -> int:
    """Return what an account may spend; zero before its first recharge."""
    balance: Balance | None = getattr(account, "balance", None)
    return balance.available if balance else 0
