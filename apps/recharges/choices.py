"""States of bank entries and recharges."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BankEntryStatus(models.TextChoices):
    """What became of the money of a bank entry."""

    UNMATCHED = "UNMATCHED", _("Unmatched")
    MATCHED = "MATCHED", _("Matched")
    RETURNED = "RETURNED", _("Returned to the payer")
    DISCARDED = "DISCARDED", _("Discarded")


NEXT_BANK_ENTRY_STATUS: dict[BankEntryStatus, frozenset[BankEntryStatus]] = {
    BankEntryStatus.UNMATCHED: frozenset(
        {BankEntryStatus.MATCHED, BankEntryStatus.RETURNED, BankEntryStatus.DISCARDED}
    ),
    BankEntryStatus.MATCHED: frozenset(),
    BankEntryStatus.RETURNED: frozenset(),
    BankEntryStatus.DISCARDED: frozenset(),
}


class RechargeStatus(models.TextChoices):
    """Only a CONFIRMED recharge has credited anything."""

    PENDING = "PENDING", _("Pending")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    REVERSED = "REVERSED", _("Reversed")


NEXT_RECHARGE_STATUS: dict[RechargeStatus, frozenset[RechargeStatus]] = {
    RechargeStatus.PENDING: frozenset({RechargeStatus.CONFIRMED}),
    RechargeStatus.CONFIRMED: frozenset({RechargeStatus.REVERSED}),
    RechargeStatus.REVERSED: frozenset(),
}
