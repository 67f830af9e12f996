"""What the OpenAPI document says of every operation alike."""

from typing import Any

from django.db.models import TextChoices
from drf_spectacular.drainage import set_override
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from pydantic import BaseModel, Field
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from apps.api.answers import Answer
from apps.api.rejections import Rejected
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


class Problem(Answer):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: dict[str, list[str]] = Field(default_factory=dict)
    rejected: list[Rejected] = Field(
        default_factory=list, description="With `no_valid_recipient`: everybody and why."
    )
    required: int = Field(
        default_factory=int, description="With `insufficient_credit`: the segments that it takes."
    )
    available: int = Field(
        default_factory=int, description="With `insufficient_credit`: the segments that there are."
    )
    scope: str = Field(default_factory=str, description="With `scope_missing`.")
    signature: str = Field(default_factory=str, description="With `signature_not_approved`.")


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """Return the error answers of an operation; what takes a key may refuse too many wrong ones."""
    if 401 in statuses:
        statuses = (*statuses, 429)
    return {
        (status, "application/problem+json"): OpenApiResponse(Problem, description=_REASONS[status])
        for status in statuses
    }


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Tell readers of the document how keys are sent."""

    target_class = "apps.api.authentication.ApiKeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """Return the bearer scheme."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "sk_live_… or sk_test_…"}


class Shape(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Describe bodies and answers by their classes; each class is a component of its name."""

    target_class = "pydantic.BaseModel"
    match_subclasses = True
    priority = 1  # above the one that drf-spectacular brings, which would title every field

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        """Return the name of the class, which no other body or answer has."""
        # A part of an answer is known by its name alone; a test sees to it that names differ.
        set_override(self.target, "suppress_collision_warning", True)  # noqa: FBT003
        name: str = self.target.__name__
        return name

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """Return the JSON Schema of the class, and register those of its parts."""
        schema = described(self.target)
        for name, part in schema.pop("$defs", {}).items():
            auto_schema.registry.register_on_missing(
                ResolvedComponent(  # type: ignore[no-untyped-call]
                    name=name, type=ResolvedComponent.SCHEMA, object=name, schema=part
                )
            )
        return schema


def described(shape: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a body or an answer."""
    schema = shape.model_json_schema(
        ref_template="#/components/schemas/{model}", schema_generator=_JsonSchema
    )
    for part in (schema, *schema.get("$defs", {}).values()):
        del part["title"]
    return schema


class _JsonSchema(GenerateJsonSchema):
    """JSON Schema as our document has it."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Give no field a title: its name is one."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> dict[str, Any]:
        """Write what may be null as a list of types, where it has one type."""
        inner = self.generate_inner(schema["schema"])
        if "type" in inner:
            return inner | {"type": [inner["type"], "null"]}
        return {"oneOf": [inner, {"type": "null"}]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        """Tell a default that says something: no value and an empty one do not."""
        if schema.get("default") in (None, "", []):
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def encode_default(self, dft: Any) -> Any:
        """Write a choice as it is published; a yes or no is one of a form."""
        return str(dft).lower() if isinstance(dft, TextChoices | bool) else dft
