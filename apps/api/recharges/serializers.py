"""Money on its way to credit: what is asked, and what is answered. Yuan are texts."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.api import bodies, described, multipart
from apps.api.described import DescribedSerializer
from apps.recharges.choices import RechargeStatus, RemittanceStatus

AMOUNT_FORM = r"^[0-9]{1,8}(\.[0-9]{1,2})?$"
STATUSES = [*(value.lower() for value in RemittanceStatus.values), "reversed"]
RECHARGE_STATUSES = [value.lower() for value in RechargeStatus.values]
YES_NO = ["true", "false"]


def _amount(value: Any) -> Decimal:
    if not isinstance(value, str) or not re.fullmatch(AMOUNT_FORM, value) or not Decimal(value):
        raise ValueError(_("Give yuan above zero with at most two decimals, such as 10000.00."))
    return Decimal(value)


def _yes_no(value: Any) -> bool:
    if not isinstance(value, str) or value not in YES_NO:
        raise ValueError(_("Give one of: %(values)s.") % {"values": ", ".join(YES_NO)})
    return value == "true"


READERS = {
    "amount": _amount,
    "paid_on": bodies.day,
    "payer": bodies.filled_line(most=100),
    "bank_reference": bodies.line(most=64),
    "file": multipart.file,
    "another": _yes_no,
}
REQUIRED = ("amount", "paid_on", "payer", "file")


class RemittanceBodySerializer(DescribedSerializer):
    """A payment with its slip."""

    described = described.body(
        "What was paid, with the scanned slip: PDF, JPEG or PNG of at most 10 MB.",
        {
            "amount": {
                "type": "string",
                "pattern": AMOUNT_FORM,
                "description": "Yuan, with at most two decimals.",
                "example": "10000.00",
            },
            "paid_on": {"type": "string", "format": "date", "example": "2026-03-02"},
            "payer": described.filled_line(100, description="The name on the slip."),
            "bank_reference": described.line(64, description="The number on the slip."),
            "file": {"type": "string", "format": "binary"},
            "another": described.choice(
                YES_NO,
                description="Say true for a payment that looks like one reported before, and is not.",
                default="false",
            ),
        },
        required=REQUIRED,
    )


class RechargeSerializer(serializers.Serializer[None]):
    """Segments credited for money found: amount = segments × unit_price + remainder."""

    id = serializers.CharField()
    number = serializers.CharField(help_text="What receipts and statements call it by.")
    status = serializers.ChoiceField(choices=RECHARGE_STATUSES)
    amount = serializers.CharField(help_text="Yuan.")
    segments = serializers.IntegerField()
    unit_price = serializers.CharField(help_text="Yuan per segment.")
    remainder = serializers.CharField(help_text="Yuan that did not make a whole segment.")
    credited_at = serializers.DateTimeField(allow_null=True)
    owed_segments = serializers.IntegerField(
        help_text="Of a reversed one: spent before, and not yet brought back by later recharges."
    )


class PaymentSerializer(serializers.Serializer[None]):
    """A payment that was reported, or money that was found without a report."""

    id = serializers.CharField()
    status = serializers.ChoiceField(choices=STATUSES)
    amount = serializers.CharField(help_text="Yuan.")
    paid_on = serializers.DateField()
    payer = serializers.CharField()
    bank_reference = serializers.CharField()
    reason = serializers.CharField(help_text="Why it was rejected or withdrawn.")
    cure = serializers.CharField(help_text="What to do about it.")
    recharges = RechargeSerializer(many=True)
    created_at = serializers.DateTimeField()


class PaymentListSerializer(serializers.Serializer[None]):
    """A page of payments."""

    data = PaymentSerializer(many=True)  # type: ignore[assignment]  # the published name
    next = serializers.CharField(allow_null=True)
