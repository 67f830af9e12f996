"""Prices, accounts and transfers: what is answered, and the shape of what is asked.

Yuan are decimal numbers written as text, so that no reader makes floats of them.
"""

from typing import Any

from rest_framework import serializers

from apps.api import bodies, described
from apps.ledger.models import MAX_NOTE
from apps.ledger.services.alerts import MAX_THRESHOLD
from apps.partners.choices import AccountStatus
from apps.rates.drafting import MAX_SEGMENTS

ACCOUNT_STATUSES = [(value.lower(), label) for value, label in AccountStatus.choices]
_CODE = {"type": "string", "pattern": "^[0-9A-Za-z]{4,20}$"}
_NOTE = described.line(MAX_NOTE, default="")
TRANSFER_SCHEMA: dict[str, Any] = {
    "description": "Segments to move from this account to another of the partner's.",
    "type": "object",
    "required": ["to", "segments"],
    "additionalProperties": False,
    "properties": {
        "to": {**_CODE, "description": "The code of the account that gets them."},
        "segments": {"type": "integer", "minimum": 1, "maximum": MAX_SEGMENTS},
        "note": {**_NOTE, "description": "Shown in both ledgers."},
    },
}
TRANSFER_READERS = {
    "to": bodies.line(most=20),
    "segments": bodies.whole_number(least=1, most=MAX_SEGMENTS),
    "note": bodies.line(most=MAX_NOTE),
}
ACCOUNT_SCHEMA: dict[str, Any] = {
    "description": "What is to be changed about an account.",
    "type": "object",
    "required": ["alert_below"],
    "additionalProperties": False,
    "properties": {
        "alert_below": {
            "type": ["integer", "null"],
            "minimum": 1,
            "maximum": MAX_THRESHOLD,
            "description": "Warn once each time fewer segments are available; null never.",
        }
    },
}
_threshold = bodies.whole_number(least=1, most=MAX_THRESHOLD)
ACCOUNT_READERS = {"alert_below": lambda value: None if value is None else _threshold(value)}


class TransferBodySerializer(serializers.Serializer[None]):
    """Stands for `TRANSFER_SCHEMA` where the OpenAPI document wants a serializer."""

    described = TRANSFER_SCHEMA


class AccountBodySerializer(serializers.Serializer[None]):
    """Stands for `ACCOUNT_SCHEMA` where the OpenAPI document wants a serializer."""

    described = ACCOUNT_SCHEMA


class AccountSerializer(serializers.Serializer[None]):
    """An account with its credit in segments."""

    code = serializers.CharField()
    customer = serializers.CharField(allow_null=True, help_text="Null for the partner's own.")
    status = serializers.ChoiceField(choices=ACCOUNT_STATUSES)
    available = serializers.IntegerField()
    held = serializers.IntegerField()
    spent = serializers.IntegerField()
    issued = serializers.IntegerField()
    alert_below = serializers.IntegerField(allow_null=True)
    days_left = serializers.IntegerField(
        allow_null=True, help_text="At the pace of the last 14 days; null where nothing was spent."
    )


class AccountListSerializer(serializers.Serializer[None]):
    """A page of accounts."""

    data = AccountSerializer(many=True)  # type: ignore[assignment]  # the published name
    next = serializers.CharField(allow_null=True)


class TransferSerializer(serializers.Serializer[None]):
    """Segments that were moved, and what the account that gave them has left."""

    id = serializers.CharField()
    to = serializers.CharField()
    segments = serializers.IntegerField()
    note = serializers.CharField()
    available = serializers.IntegerField()
    created_at = serializers.DateTimeField()

    def get_fields(self) -> dict[str, Any]:
        """Name the field that Python has no name for."""
        fields: dict[str, Any] = super().get_fields()
        return {"id": fields.pop("id"), "from": serializers.CharField(), **fields}
