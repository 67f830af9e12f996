"""The only locks on balances. Order: accounts by primary key; always after every other lock."""

from collections.abc import Iterable

from apps.ledger.models import Balance


def balances(account_ids: Iterable[int]) -> dict[int, Balance]:
    """Lock the balances of these accounts, making those that are not there yet."""
    wanted = sorted(set(account_ids))
    Balance.objects.bulk_create(
        [Balance(account_id=account_id) for account_id in wanted], ignore_conflicts=True
    )
    locked = Balance.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return {balance.pk: balance for balance in locked}
