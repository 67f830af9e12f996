"""What the OpenAPI document says of every operation alike."""

import copy
from typing import Any

from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from apps.api.messages.bodies import SEND_SCHEMA
from apps.api.rejections import RejectedSerializer
from apps.common.idempotency import MAX_KEY_LENGTH

_REASONS = {
    400: "The body cannot be read.",
    401: "The key is missing, unknown or revoked.",
    402: "The account has less credit than this needs; nothing was sent.",
    403: "The key or the account may not do this.",
    404: "There is none, or it is somebody else's.",
    409: "It clashes with what happens at the same moment.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The request cannot be used as it is.",
    429: "Too many wrong keys came from the client's address, and this is not a valid one.",
    503: "The service is not available; ask again.",
}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": MAX_KEY_LENGTH, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="Any text of your own. The same request under the same key is done once.",
)
LIMIT = OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50})
CURSOR = OpenApiParameter("cursor", OpenApiTypes.STR, description="`next` of the page before.")
REQUEST_ID = OpenApiParameter(
    "X-Request-Id",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    response=True,
    description="Names this request in our log; your own where you sent a short plain one.",
)


class ProblemSerializer(serializers.Serializer[None]):
    """An error (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    request_id = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]  # the published name
        child=serializers.ListField(child=serializers.CharField()), required=False
    )
    rejected = RejectedSerializer(
        many=True, required=False, help_text="With `no_valid_recipient`: everybody and why."
    )
    required = serializers.IntegerField(  # type: ignore[assignment]  # the published name
        required=False, help_text="With `insufficient_credit`: the segments that it takes."
    )
    available = serializers.IntegerField(
        required=False, help_text="With `insufficient_credit`: the segments that there are."
    )
    scope = serializers.CharField(required=False, help_text="With `scope_missing`.")
    signature = serializers.CharField(required=False, help_text="With `signature_not_approved`.")


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """Return the error answers of an operation; what takes a key may refuse too many wrong ones."""
    if 401 in statuses:
        statuses = (*statuses, 429)
    return {
        (status, "application/problem+json"): OpenApiResponse(
            ProblemSerializer, description=_REASONS[status]
        )
        for status in statuses
    }


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Tell readers of the document how keys are sent."""

    target_class = "apps.api.authentication.ApiKeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return the bearer scheme."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "sk_live_… or sk_test_…"}


class SendShape(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Describe the body of a send by the schema that the tests hold its reader to."""

    target_class = "apps.api.messages.bodies.SendSerializer"

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Return the JSON Schema."""
        return copy.deepcopy(SEND_SCHEMA)  # drf-spectacular names the enums in place.


class DescribedShape(SendShape):  # type: ignore[no-untyped-call]
    """Describe the body by the JSON Schema that stands on its serializer."""

    target_class = "apps.api.described.DescribedSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Return the JSON Schema."""
        return copy.deepcopy(self.target.described)


class TransferShape(SendShape):  # type: ignore[no-untyped-call]
    """Describe the body of a transfer likewise."""

    target_class = "apps.api.accounts.serializers.TransferBodySerializer"

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Return the JSON Schema that stands on the serializer."""
        return copy.deepcopy(self.target.described)


class AccountShape(TransferShape):  # type: ignore[no-untyped-call]
    """Describe what can be changed about an account likewise."""

    target_class = "apps.api.accounts.serializers.AccountBodySerializer"
