"""Reads of balances and entries."""

from apps.ledger.models import Balance, LedgerEntry


def balance_of(account_id: int) -> Balance:
    """Return an account's buckets; all zero before its first recharge."""
    return Balance.objects.filter(pk=account_id).first() or Balance(account_id=account_id)


def list_entries(account_id: int, *, before: int | None, limit: int) -> list[LedgerEntry]:
    """Return an account's newest entries before a sequence, one more than `limit` if there are."""
    rows = LedgerEntry.objects.filter(account_id=account_id)
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    return list(rows.order_by("-sequence")[: limit + 1])
