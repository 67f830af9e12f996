"""Security pledges of customers: what is asked, and what is answered."""

from typing import Any

from rest_framework import serializers

from apps.api import bodies, described, multipart
from apps.api.described import DescribedSerializer
from apps.api.refusals import RefusalSerializer
from apps.pledges.choices import PledgeStatus
from apps.pledges.rules import MAX_SAMPLE_CHARACTERS, MAX_SAMPLES

STATUSES = [(value.lower(), label) for value, label in PledgeStatus.choices]

_FILLED: dict[str, dict[str, Any]] = {
    "audience": described.lines(200, description="Who receives the messages."),
    "consent": described.lines(200, description="Where and how they agreed to receive them."),
    "samples": described.list_of_lines(
        MAX_SAMPLES, MAX_SAMPLE_CHARACTERS, description="One real message for each use."
    ),
}
FILL_READERS = {
    "audience": bodies.lines(most=200),
    "consent": bodies.lines(most=200),
    "samples": bodies.list_of_lines(most=MAX_SAMPLES, each=MAX_SAMPLE_CHARACTERS),
}
READERS = {"customer": bodies.line(most=40), **FILL_READERS}
COPY_READERS = {"file": multipart.file}


class PledgeBodySerializer(DescribedSerializer):
    """A pledge to be begun."""

    described = described.body(
        "A pledge; audience and consent are the customer's unless they are given.",
        {"customer": described.line(40, description="Its id.", example="cus_12"), **_FILLED},
        required=("customer",),
    )


class PledgeChangeSerializer(DescribedSerializer):
    """What is to be filled in otherwise."""

    described = described.body("What is to be filled in otherwise; the rest stays.", _FILLED)


class SignedCopySerializer(DescribedSerializer):
    """The scan of the signed and stamped form."""

    described = described.body(
        "The signed and stamped form: PDF, JPEG or PNG of at most 10 MB, as scanned.",
        {"file": {"type": "string", "format": "binary"}},
        required=("file",),
    )


class PledgePaperSerializer(serializers.Serializer[None]):
    """A paper of a pledge by its digest."""

    content_type = serializers.CharField()
    sha256 = serializers.CharField()


class PledgeSerializer(serializers.Serializer[None]):
    """A customer's security pledge."""

    id = serializers.CharField()
    number = serializers.CharField()
    customer = serializers.CharField()
    status = serializers.ChoiceField(
        choices=STATUSES, help_text="An approved one, within its validity, allows sending."
    )
    audience = serializers.CharField()
    consent = serializers.CharField()
    samples = serializers.ListField(child=serializers.CharField())
    form = PledgePaperSerializer(allow_null=True, help_text="Null until it is printed.")
    signed_copy = PledgePaperSerializer(allow_null=True)
    printed_at = serializers.DateTimeField(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    judged_at = serializers.DateTimeField(allow_null=True)
    valid_from = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(
        allow_null=True, help_text="The first day on which it no longer holds."
    )
    refusal = RefusalSerializer(allow_null=True)
    created_at = serializers.DateTimeField()


class PledgeListSerializer(serializers.Serializer[None]):
    """A page of pledges."""

    data = PledgeSerializer(many=True)  # type: ignore[assignment]  # the published name
    next = serializers.CharField(allow_null=True)
