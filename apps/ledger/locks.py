"""The only locks on balances. Order: accounts by primary key; always after every other lock.

A low-balance warning is looked after under a lock of its own row, which no send ever asks for.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from apps.ledger.models import Balance, BalanceAlert

_SPENDING = 0x6C656467  # "ledg": who adds up spending, one at a time


def balances(account_ids: Iterable[int]) -> dict[int, Balance]:
    """Lock the balances of these accounts, making those that are not there yet."""
    wanted = sorted(set(account_ids))
    Balance.objects.bulk_create(
        [Balance(account_id=account_id) for account_id in wanted], ignore_conflicts=True
    )
    locked = Balance.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return {balance.pk: balance for balance in locked}


def alert(account_id: int, *, at: datetime) -> BalanceAlert:
    """Lock an account's low-balance warning, making it when it is not there yet."""
    BalanceAlert.objects.bulk_create(
        [BalanceAlert(account_id=account_id, changed_at=at)], ignore_conflicts=True
    )
    return (
        BalanceAlert.objects.select_for_update(of=("self",))
        .select_related("account")
        .get(pk=account_id)
    )


def spending() -> None:
    """Wait until nobody else adds up spending, and keep others from it until the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SPENDING])
