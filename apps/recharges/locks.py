"""Row locks of recharges. Order: bank entry, its recharge, then the ledger's balance."""

from apps.common.errors import NotFoundError
from apps.recharges.models import BankEntry, Recharge


def bank_entry(bank_entry_id: int) -> BankEntry:
    """Lock and return one bank entry; whoever decides about its money holds this."""
    found = BankEntry.objects.select_for_update().filter(pk=bank_entry_id).first()
    if found is None:
        raise NotFoundError(bank_entry_id=bank_entry_id)
    return found


def recharge(recharge_id: int) -> Recharge:
    """Lock a recharge's bank entry, then the recharge, and return it with both sides read."""
    bank_entry_id = (
        Recharge.objects.filter(pk=recharge_id).values_list("bank_entry", flat=True).first()
    )
    if bank_entry_id is None:
        raise NotFoundError(recharge_id=recharge_id)
    entry = bank_entry(bank_entry_id)
    found = (
        Recharge.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=recharge_id)
        .first()
    )
    if found is None:
        raise NotFoundError(recharge_id=recharge_id)
    found.bank_entry = entry
    return found
