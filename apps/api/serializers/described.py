"""Bodies described by a JSON Schema: what its reader takes, the document says, and nothing else."""

from typing import Any, ClassVar

from rest_framework import serializers

NO_NUL = r"^[^\u0000]*$"
NOT_BLANK = r"^[^\u0000]*[^\s\u0000\u001c-\u001f\u0085][^\u0000]*$"


class DescribedSerializer(serializers.Serializer[None]):
    """Stands for a schema where the OpenAPI document wants a serializer."""

    described: ClassVar[dict[str, Any]]


def text(most: int, **more: Any) -> dict[str, Any]:
    """Return the schema of a text that `bodies.text` reads."""
    return {"type": "string", "maxLength": most, "pattern": NO_NUL, **more}


def filled_text(most: int, **more: Any) -> dict[str, Any]:
    """Return the schema of a text that `bodies.filled_text` reads."""
    return {"type": "string", "minLength": 1, "maxLength": most, "pattern": NOT_BLANK, **more}


def texts(most: int, each: int, **more: Any) -> dict[str, Any]:
    """Return the schema of a list that `bodies.texts` reads."""
    return {"type": "array", "maxItems": most, "items": text(each), **more}


def choice(values: list[str], **more: Any) -> dict[str, Any]:
    """Return the schema of a choice that `bodies.choice` reads."""
    return {"type": "string", "enum": values, **more}


def body(
    description: str, properties: dict[str, dict[str, Any]], *, required: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the schema of an object that takes no other fields than these."""
    return {
        "description": description,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": list(required)} if required else {}),
    }
