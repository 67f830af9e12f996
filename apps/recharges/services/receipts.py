"""Receipts: the paper of a recharge, made once and then kept.

*Typesetting and signing take some tenths of a second, so they happen before any row is locked.* Only
then a short transaction locks the recharge, looks whether somebody was quicker and whether it is
still credited, and writes the row that names the file.

*After a crash* there is either all or nothing: the file is on the disk before the transaction that
names it commits, and a file that no row names is swept.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.common import documents
from apps.common.errors import ConflictError, NotFoundError
from apps.common.files import keeping
from apps.partners import queries as partners
from apps.partners.models import Gateway
from apps.recharges import locks, printing
from apps.recharges.choices import RechargeStatus
from apps.recharges.models import ExpectedRecharge, Recharge, RechargeReceipt


class ReceiptNotCreditedError(ConflictError):
    """A receipt says that segments were credited, and stay so."""

    code = "receipt_not_credited"
    message = _("The recharge of %(account)s is %(status)s: there is no receipt for it.")
    cure = _(
        "Ask for it once the recharge is confirmed. One that was reversed gets no receipt any more."
    )


class ReceiptGatewayIncompleteError(ConflictError):
    """The receipt prints the gateway's own particulars, and some of them are blank."""

    code = "receipt_gateway_incomplete"
    message = _(
        "The receipt cannot be made yet. An administrator of the gateway fills in under “Gateway’s "
        "own particulars”: %(missing)s."
    )
    cure = _("An administrator of the gateway fills them in under “Gateway’s own particulars”.")


def receipt_of(*, recharge_id: int, at: datetime) -> RechargeReceipt:
    """Return the receipt of a recharge: the one that was made before, or else one made now.

    Raises:
        NotFoundError: there is no such recharge.
        ReceiptNotCreditedError: it waits for confirmation, or was reversed before it had one.
        ReceiptGatewayIncompleteError: something that it prints of the gateway is blank.
        UnprintableCharacterError: a name has characters that cannot be printed.
    """
    made = RechargeReceipt.objects.filter(recharge=recharge_id).first()
    if made is not None:
        return made
    prepared = _prepare(recharge_id, at=at)
    try:
        kept = _keep(prepared)
    except BaseException:
        prepared.file.delete(save=False)
        raise
    if kept is not prepared:
        prepared.file.delete(save=False)
    return kept


def _prepare(recharge_id: int, *, at: datetime) -> RechargeReceipt:
    """Typeset, sign and store the PDF, with nothing locked."""
    recharge = _with_all_that_is_printed(recharge_id)
    _check_credited(recharge)
    printed, pdf = _typeset(recharge, at=at)
    signed = documents.signing.sign(
        pdf, reason=printing.REASON.format(number=recharge.number), at=at
    )
    receipt = RechargeReceipt(
        recharge=recharge,
        sha256=hashlib.sha256(signed).hexdigest(),
        size=len(signed),
        printed=printed,
        created_at=at,
    )
    keeping.keep(receipt.file, signed)
    return receipt


@transaction.atomic
def _keep(prepared: RechargeReceipt) -> RechargeReceipt:
    """Write the row, or return that of whoever was quicker."""
    recharge = locks.recharge(prepared.recharge_id)
    made = RechargeReceipt.objects.filter(recharge=recharge).first()
    if made is not None:
        return made
    _check_credited(recharge)
    prepared.save(force_insert=True)
    return prepared


def _typeset(recharge: Recharge, *, at: datetime) -> tuple[dict[str, Any], bytes]:
    """Return what is printed, and the PDF; gaps stand for what cannot be printed of the bank's."""
    missing: list[str] = []
    while True:
        printed = _printed(recharge, at=at, missing=missing)
        try:
            return printed, documents.render(template=printing.TEMPLATE, values=printed)
        except documents.UnprintableCharacterError as error:
            if set(error.missing) <= set(missing):  # They are in a name, which can be mended.
                raise
            missing += error.missing


def _printed(recharge: Recharge, *, at: datetime, missing: list[str]) -> dict[str, Any]:
    expected = ExpectedRecharge.objects.filter(recharge=recharge).first()
    return printing.values(
        recharge,
        together=recharge.match.recharges.all() if recharge.match else [recharge],
        agreement_number=expected.agreement_number if expected else "",
        gateway=_gateway(),
        at=at,
        missing=missing,
    )


def _gateway() -> Gateway:
    try:
        return partners.gateway()
    except partners.GatewayParticularsMissingError as error:
        raise ReceiptGatewayIncompleteError(**error.data) from error


def _with_all_that_is_printed(recharge_id: int) -> Recharge:
    found = (
        Recharge.objects.select_related(
            "account__partner",
            "account__customer",
            "bank_entry",
            "match",
            "rate_version__table",
            "rate_tier",
        )
        .filter(pk=recharge_id)
        .first()
    )
    if found is None:
        raise NotFoundError(recharge_id=recharge_id)
    return found


def _check_credited(recharge: Recharge) -> None:
    if recharge.status != RechargeStatus.CONFIRMED:
        raise ReceiptNotCreditedError(
            account=recharge.account.code, status=recharge.get_status_display()
        )
