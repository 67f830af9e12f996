"""Bodies described by a JSON Schema: what its reader takes, the document says, and nothing else."""

from typing import Any, ClassVar

from rest_framework import serializers

from apps.common import texts

LINE = rf"^[^{texts.LINE_FORBIDS}]*$"
FILLED_LINE = rf"^[^{texts.LINE_FORBIDS}]*[^\s{texts.LINE_FORBIDS}][^{texts.LINE_FORBIDS}]*$"
LINES = rf"^[^{texts.LINES_FORBID}]*$"


class DescribedSerializer(serializers.Serializer[None]):
    """Stands for a schema where the OpenAPI document wants a serializer."""

    described: ClassVar[dict[str, Any]]


def line(most: int, **more: Any) -> dict[str, Any]:
    """Return the schema of a text that `bodies.line` reads."""
    return {"type": "string", "maxLength": most, "pattern": LINE, **more}


def filled_line(most: int, **more: Any) -> dict[str, Any]:
    """Return the schema of a text that `bodies.filled_line` reads."""
    return {"type": "string", "minLength": 1, "maxLength": most, "pattern": FILLED_LINE, **more}


def lines(most: int, **more: Any) -> dict[str, Any]:
    """Return the schema of a text that `bodies.lines` reads."""
    return {"type": "string", "maxLength": most, "pattern": LINES, **more}


def list_of_lines(most: int, each: int, **more: Any) -> dict[str, Any]:
    """Return the schema of a list that `bodies.list_of_lines` reads."""
    return {"type": "array", "maxItems": most, "items": lines(each), **more}


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
