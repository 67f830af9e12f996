"""Remittances: what partners say they paid."""

from datetime import date, datetime
from decimal import Decimal
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import uploads
from apps.partners.models import Account
from apps.recharges.models import Remittance
from apps.recharges.services.bank_entries import check_amount


@transaction.atomic
def enter(
    *,
    account: Account,
    amount_yuan: Decimal,
    paid_on: date,
    payer: str,
    voucher: IO[bytes],
    by: Actor,
    at: datetime,
    bank_reference: str = "",
) -> Remittance:
    """Write down a payment with its scanned slip; it credits nothing.

    Raises:
        AmountError: not an amount of money.
        DomainError: the slip was refused; the errors of `common.uploads.inspect`.
    """
    check_amount(amount_yuan)
    upload = uploads.inspect(voucher)
    with act("remittances.enter", by=by):
        return Remittance.objects.create(
            account=account,
            amount_yuan=amount_yuan,
            paid_on=paid_on,
            payer=payer,
            bank_reference=bank_reference,
            voucher=ContentFile(upload.content, name=f"voucher.{upload.extension}"),
            content_type=upload.content_type,
            sha256=upload.sha256,
            entered_by_id=by.user_id,
            entered_at=at,
        )
