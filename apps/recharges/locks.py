"""Row locks of recharges.

Order: bank profile, statement import, bank entries, their recharges, reversals, remittances, first
recharges that are expected, the person who credits alone, then the ledger's balance; rows of one table by primary key. Only what
an account owes (`owed_reversals`) is locked after its balance. A lot mark is locked by whoever
settles an account's lots, with nothing else locked before or after.

They leave the key alone (FOR NO KEY UPDATE): a slip points at one that it looks like, and a foreign
key is checked at commit, with the balance locked. Two alike credited at once would deadlock.
"""

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Model, QuerySet

from apps.common.errors import NotFoundError
from apps.recharges.choices import ExpectedStatus
from apps.recharges.models import (
    BankEntry,
    BankProfile,
    ExpectedRecharge,
    LotMark,
    Recharge,
    Remittance,
    Reversal,
    StatementImport,
)

_T = TypeVar("_T", bound=Model)


def bank_entry(bank_entry_id: int) -> BankEntry:
    """Lock and return one bank entry; whoever decides about its money holds this."""
    return bank_entries([bank_entry_id])[0]


def bank_entries(bank_entry_ids: Collection[int]) -> list[BankEntry]:
    """Lock and return bank entries with their files; whoever decides about their money holds all."""
    rows = BankEntry.objects.select_for_update(of=("self",), no_key=True)
    return _all(rows.select_related("statement"), bank_entry_ids)


def recharge(recharge_id: int) -> Recharge:
    """Lock a recharge's bank entry, then the recharge, and return it with both sides read."""
    return next(each for each in purchase(recharge_id) if each.pk == recharge_id)


def purchase(recharge_id: int) -> list[Recharge]:
    """Lock a recharge and all that are credited together with it, their bank entries first.

    Returned with account, match and bank entry read.
    """
    named = Recharge.objects.filter(pk=recharge_id).values("pk", "match", "bank_entry").first()
    if named is None:
        raise NotFoundError(recharge_id=recharge_id)
    together = Recharge.objects.filter(pk=recharge_id)
    if named["match"] is not None:
        together = Recharge.objects.filter(match=named["match"])
    entries = {
        entry.pk: entry for entry in bank_entries(together.values_list("bank_entry", flat=True))
    }
    found = list(
        Recharge.objects.select_for_update(of=("self",), no_key=True)
        .select_related("account", "match")
        .filter(pk__in=together.values("pk"), bank_entry__in=entries)
        .order_by("pk")
    )
    if all(each.pk != recharge_id for each in found):
        raise NotFoundError(recharge_id=recharge_id)
    for each in found:
        each.bank_entry = entries[each.bank_entry_id]
    return found


def reversal(reversal_id: int) -> Reversal:
    """Lock a reversal's bank entry and recharge, then the reversal, and return it with both read."""
    named = Reversal.objects.filter(pk=reversal_id).values_list("recharge").first()
    if named is None:
        raise NotFoundError(reversal_id=reversal_id)
    reversed_recharge = recharge(named[0])
    found = Reversal.objects.select_for_update(no_key=True).get(pk=reversal_id)
    found.recharge = reversed_recharge
    return found


def owed_reversals(account_id: int) -> list[Reversal]:
    """Lock and return what an account with a locked balance owes segments for, the oldest first."""
    rows = Reversal.objects.owed().filter(recharge__account=account_id)
    rows = rows.select_related("recharge__account")
    return list(rows.select_for_update(of=("self",), no_key=True))


def lot_mark(account_id: int) -> LotMark | None:
    """Lock and return how far an account's lots are settled; None while somebody else settles."""
    LotMark.objects.bulk_create([LotMark(account_id=account_id)], ignore_conflicts=True)
    return LotMark.objects.select_for_update(skip_locked=True).filter(account=account_id).first()


def remittance(remittance_id: int) -> Remittance:
    """Lock and return one remittance, with its account read."""
    return remittances([remittance_id])[0]


def remittances(remittance_ids: Collection[int]) -> list[Remittance]:
    """Lock and return remittances, with their accounts read."""
    rows = Remittance.objects.select_for_update(of=("self",), no_key=True).select_related("account")
    return _all(rows, remittance_ids)


def remittances_of_match(match_id: int) -> list[Remittance]:
    """Lock and return the slips of a match."""
    rows = Remittance.objects.select_for_update(of=("self",), no_key=True).select_related("account")
    return list(rows.filter(match=match_id).order_by("pk"))


def expected_of_account(account_id: int) -> ExpectedRecharge | None:
    """Lock and return the oldest first recharge that an account still owes, if any."""
    open_ones = ExpectedRecharge.objects.filter(account_id=account_id, status=ExpectedStatus.OPEN)
    return open_ones.select_for_update(of=("self",), no_key=True).order_by("due_on", "pk").first()


def expected_of_recharge(recharge_id: int) -> ExpectedRecharge | None:
    """Lock and return the first recharge that a recharge met, if any."""
    rows = ExpectedRecharge.objects.filter(recharge=recharge_id)
    return rows.select_for_update(no_key=True).first()


def expected(expected_id: int) -> ExpectedRecharge:
    """Lock and return one expected first recharge."""
    return _all(ExpectedRecharge.objects.select_for_update(no_key=True), [expected_id])[0]


def profile(profile_id: int) -> BankProfile:
    """Lock and return one of the gateway's bank accounts."""
    return _all(BankProfile.objects.select_for_update(no_key=True), [profile_id])[0]


def statement(import_id: int) -> StatementImport:
    """Lock the bank of an import, so that its statements are taken in one by one, then the import."""
    profile_id = StatementImport.objects.filter(pk=import_id).values_list("profile").first()
    if profile_id is None:
        raise NotFoundError(import_id=import_id)
    profile = BankProfile.objects.select_for_update(no_key=True).get(pk=profile_id[0])
    found = StatementImport.objects.select_for_update(no_key=True).get(pk=import_id)
    found.profile = profile
    return found


def _all(rows: "QuerySet[_T]", ids: Collection[int]) -> list[_T]:
    found = list(rows.filter(pk__in=set(ids)).order_by("pk"))
    if len(found) != len(set(ids)):
        raise NotFoundError(ids=sorted(set(ids) - {each.pk for each in found}))
    return found
