"""States of remittances, statement imports, bank entries, recharges, reversals and what is expected."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common import tones


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
    # Booked wrongly, it is free again; recalled by the bank, it is gone.
    BankEntryStatus.MATCHED: frozenset({BankEntryStatus.UNMATCHED, BankEntryStatus.RETURNED}),
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


class ReversalCause(models.TextChoices):
    """Why a recharge is taken back, which says what becomes of the money."""

    BOOKED_WRONGLY = "BOOKED_WRONGLY", _("Booked to the wrong account")
    BANK_RECALL = "BANK_RECALL", _("Recalled by the bank")


class ReversalStatus(models.TextChoices):
    """Whether a second person agreed to take a recharge back."""

    PENDING = "PENDING", _("Waits for approval")
    APPROVED = "APPROVED", _("Taken back")
    DECLINED = "DECLINED", _("Declined")


NEXT_REVERSAL_STATUS: dict[ReversalStatus, frozenset[ReversalStatus]] = {
    ReversalStatus.PENDING: frozenset({ReversalStatus.APPROVED, ReversalStatus.DECLINED}),
    ReversalStatus.APPROVED: frozenset(),
    ReversalStatus.DECLINED: frozenset(),
}


class ExpectedStatus(models.TextChoices):
    """What became of the first recharge that an agreement opened (clause 10)."""

    OPEN = "OPEN", _("Due")
    MET = "MET", _("Paid")
    CANCELLED = "CANCELLED", _("Cancelled")


NEXT_EXPECTED_STATUS: dict[ExpectedStatus, frozenset[ExpectedStatus]] = {
    ExpectedStatus.OPEN: frozenset({ExpectedStatus.MET, ExpectedStatus.CANCELLED}),
    ExpectedStatus.MET: frozenset({ExpectedStatus.OPEN}),  # its recharge was reversed
    ExpectedStatus.CANCELLED: frozenset(),
}


class RemittanceStatus(models.TextChoices):
    """How far a payment that a partner reported has come."""

    ENTERED = "ENTERED", _("Waits for the money")
    MATCHED = "MATCHED", _("Found, waits for approval")
    CREDITED = "CREDITED", _("Credited")
    REJECTED = "REJECTED", _("Rejected")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


# A rejected one is mended by its partner, and waits again. Money that was found for one is kept
# apart from it again when the proposal is withdrawn, or the recharge reversed.
NEXT_REMITTANCE_STATUS: dict[RemittanceStatus, frozenset[RemittanceStatus]] = {
    RemittanceStatus.ENTERED: frozenset(
        {RemittanceStatus.MATCHED, RemittanceStatus.REJECTED, RemittanceStatus.WITHDRAWN}
    ),
    RemittanceStatus.MATCHED: frozenset({RemittanceStatus.ENTERED, RemittanceStatus.CREDITED}),
    RemittanceStatus.REJECTED: frozenset({RemittanceStatus.ENTERED, RemittanceStatus.WITHDRAWN}),
    RemittanceStatus.CREDITED: frozenset({RemittanceStatus.ENTERED, RemittanceStatus.REJECTED}),
    RemittanceStatus.WITHDRAWN: frozenset(),
}


class ImportStatus(models.TextChoices):
    """Only a STORED import has made bank entries."""

    PREVIEWED = "PREVIEWED", _("Looked at")
    STORED = "STORED", _("Taken in")
    DISCARDED = "DISCARDED", _("Not taken in")


NEXT_IMPORT_STATUS: dict[ImportStatus, frozenset[ImportStatus]] = {
    ImportStatus.PREVIEWED: frozenset({ImportStatus.STORED, ImportStatus.DISCARDED}),
    ImportStatus.STORED: frozenset(),
    ImportStatus.DISCARDED: frozenset(),
}

tones.declare(
    good=[
        BankEntryStatus.MATCHED,
        ExpectedStatus.MET,
        ImportStatus.STORED,
        RechargeStatus.CONFIRMED,
        RemittanceStatus.MATCHED,
        RemittanceStatus.CREDITED,
        ReversalStatus.APPROVED,
    ],
    moving=[
        ExpectedStatus.OPEN,
    ],
    waiting=[
        BankEntryStatus.UNMATCHED,
        ImportStatus.PREVIEWED,
        RechargeStatus.PENDING,
        RemittanceStatus.ENTERED,
        ReversalStatus.PENDING,
    ],
    bad=[
        RemittanceStatus.REJECTED,
    ],
)
