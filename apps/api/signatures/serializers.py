"""Signatures and their proofs: what is asked, and what is answered."""

from typing import Any

from rest_framework import serializers

from apps.api import bodies, described, multipart
from apps.api.described import DescribedSerializer
from apps.api.refusals import RefusalSerializer
from apps.signatures.choices import ProofType, SignatureStatus, Source, Use
from apps.signatures.rules.texts import MAX_CHARACTERS

STATUSES = [(value.lower(), label) for value, label in SignatureStatus.choices]
SOURCES = [value.lower() for value in Source.values]
USES = [value.lower() for value in Use.values]
PROOF_TYPES = [value.lower() for value in ProofType.values]
# As typed, with brackets and blanks around it, which are dropped.
_TEXT_AS_TYPED = MAX_CHARACTERS + 8
MAX_SAMPLES, MAX_SAMPLE = 5, 500

_PROPERTIES: dict[str, dict[str, Any]] = {
    "text": described.filled_line(
        _TEXT_AS_TYPED, description="What stands in 【】, without the brackets.", example="青禾软件"
    ),
    "source": described.choice(SOURCES, description="What the text is the name of."),
    "source_detail": described.line(
        200, description="The domain, App, account, trademark or shop where it is one's name."
    ),
    "use": described.choice(USES, description="Whose name it is.", default="own"),
    "letter": described.line(
        20,
        description="The work order of the authorisation letter, for another's name.",
        example="SQ20260302-0001",
    ),
    "company_name": described.line(100, description="As on the licence; else the account's own."),
    "company_code": described.line(30, description="Unified social credit code; else one's own."),
    "legal_person": described.line(50),
    "operator_name": described.line(50, description="The person in charge."),
    "operator_id_tail": described.line(4, description="Last four characters of the ID number."),
    "sample_texts": described.list_of_lines(
        MAX_SAMPLES, MAX_SAMPLE, description="Messages as they will be sent, without 【】."
    ),
}
READERS = {
    "text": bodies.filled_line(most=_TEXT_AS_TYPED),
    "source": bodies.choice(Source),
    "source_detail": bodies.line(most=200),
    "use": bodies.choice(Use),
    "letter": bodies.line(most=20),
    "company_name": bodies.line(most=100),
    "company_code": bodies.line(most=30),
    "legal_person": bodies.line(most=50),
    "operator_name": bodies.line(most=50),
    "operator_id_tail": bodies.line(most=4),
    "sample_texts": bodies.list_of_lines(most=MAX_SAMPLES, each=MAX_SAMPLE),
}
PROOF_READERS = {
    "type": bodies.choice(ProofType),
    "file": multipart.file,
    "valid_until": bodies.day,
}
REQUIRED = ("text", "source")


class SignatureBodySerializer(DescribedSerializer):
    """An application for a signature."""

    described = described.body("An application.", _PROPERTIES, required=REQUIRED)


class SignatureChangeSerializer(DescribedSerializer):
    """What is to be changed of an application."""

    described = described.body("What is to be changed; the rest stays.", _PROPERTIES)


class ProofBodySerializer(DescribedSerializer):
    """A paper that proves the right to a signature."""

    described = described.body(
        "A paper: PDF, JPEG or PNG of at most 10 MB, as scanned.",
        {
            "type": described.choice(PROOF_TYPES, example="licence"),
            "file": {"type": "string", "format": "binary"},
            "valid_until": {
                "type": "string",
                "format": "date",
                "description": "The day on which the paper holds no longer.",
                "example": "2030-01-31",
            },
        },
        required=("type", "file"),
    )


class ProofSerializer(serializers.Serializer[None]):
    """A paper that is with an application."""

    id = serializers.CharField()
    type = serializers.ChoiceField(choices=PROOF_TYPES)
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes, after cleaning.")
    pages = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="Of the bytes as they were sent.")
    valid_until = serializers.DateField(allow_null=True)
    uploaded_at = serializers.DateTimeField()


class SignatureSerializer(serializers.Serializer[None]):
    """A signature or an application for one."""

    id = serializers.CharField()
    text = serializers.CharField()
    status = serializers.ChoiceField(
        choices=STATUSES, help_text="Only approved ones are sent with."
    )
    source = serializers.ChoiceField(choices=SOURCES)  # type: ignore[assignment]  # as published
    source_detail = serializers.CharField()
    use = serializers.ChoiceField(choices=USES)
    letter = serializers.CharField(allow_null=True)
    company_name = serializers.CharField()
    company_code = serializers.CharField()
    legal_person = serializers.CharField()
    operator_name = serializers.CharField()
    sample_texts = serializers.ListField(child=serializers.CharField())
    default = serializers.BooleanField(help_text="Used where a send names no signature.")
    proofs = ProofSerializer(many=True)
    missing = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Papers to add before it is submitted: of each group, one.",
    )
    order = serializers.CharField(allow_null=True, help_text="The work order of the last round.")
    submitted_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True, help_text="Null where nothing waits.")
    urged_at = serializers.DateTimeField(allow_null=True)
    judged_at = serializers.DateTimeField(allow_null=True)
    holds_until = serializers.DateField(allow_null=True, help_text="When its papers end.")
    reason = serializers.CharField(help_text="Why it was suspended, expired or revoked.")
    refusal = RefusalSerializer(allow_null=True)
    created_at = serializers.DateTimeField()


class SignatureListSerializer(serializers.Serializer[None]):
    """A page of signatures."""

    data = SignatureSerializer(many=True)  # type: ignore[assignment]  # the published name
    next = serializers.CharField(allow_null=True)
