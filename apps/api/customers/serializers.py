"""A partner's customers: what is asked, and what is answered."""

from typing import Any

from rest_framework import serializers

from apps.api import bodies, described
from apps.api.described import DescribedSerializer
from apps.partners.choices import CustomerStatus, Industry

STATUSES = [(value.lower(), label) for value, label in CustomerStatus.choices]
INDUSTRIES = [value.lower() for value in Industry.values]
_AUDIENCE = "Who receives the messages."
_CONSENT = "Where and how they agreed to receive them."

_PROPERTIES: dict[str, dict[str, Any]] = {
    "name": described.filled_line(
        100, description="The registered name.", example="杭州半山书店有限公司"
    ),
    "credit_code": described.filled_line(
        30, description="Unified social credit code; it stays.", example="91110105MA00B2F18X"
    ),
    "legal_person": described.line(50),
    "address": described.line(200),
    "contact_name": described.line(50),
    "contact_phone": described.line(30),
    "contact_email": described.line(254, description="An email address, or empty."),
    "industry": described.choice(INDUSTRIES, example="retail"),
    "audience": described.lines(200, description=_AUDIENCE),
    "consent": described.lines(200, description=_CONSENT),
}
READERS = {
    "name": bodies.filled_line(most=100),
    "credit_code": bodies.filled_line(most=30),
    "legal_person": bodies.line(most=50),
    "address": bodies.line(most=200),
    "contact_name": bodies.line(most=50),
    "contact_phone": bodies.line(most=30),
    "contact_email": bodies.email,
    "industry": bodies.choice(Industry),
    "audience": bodies.lines(most=200),
    "consent": bodies.lines(most=200),
}
REQUIRED = ("name", "credit_code")


class CustomerBodySerializer(DescribedSerializer):
    """A customer to be entered."""

    described = described.body("A customer.", _PROPERTIES, required=REQUIRED)


class CustomerChangeSerializer(DescribedSerializer):
    """What is to be changed of a customer."""

    described = described.body("What is to be changed; the rest stays.", _PROPERTIES)


class CustomerSerializer(serializers.Serializer[None]):
    """A customer of the partner."""

    id = serializers.CharField()
    name = serializers.CharField()
    credit_code = serializers.CharField()
    legal_person = serializers.CharField()
    address = serializers.CharField()
    contact_name = serializers.CharField()
    contact_phone = serializers.CharField()
    contact_email = serializers.CharField()
    industry = serializers.ChoiceField(choices=INDUSTRIES, allow_null=True)
    audience = serializers.CharField(help_text=_AUDIENCE)
    consent = serializers.CharField(help_text=_CONSENT)
    status = serializers.ChoiceField(choices=STATUSES)
    created_at = serializers.DateTimeField()


class CustomerListSerializer(serializers.Serializer[None]):
    """A page of customers."""

    data = CustomerSerializer(many=True)  # type: ignore[assignment]  # the published name
    next = serializers.CharField(allow_null=True)
