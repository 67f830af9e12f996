"""What the confined process does with a bank's file; nothing here runs in the web server."""

from typing import Any

from apps.common.errors import DomainError
from apps.recharges.statements import parsing, wire
from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.errors import StatementTooComplexError


def read(content: bytes, *, mapping: dict[str, Any] | None) -> tuple[dict[str, Any], bytes]:
    """Return what a file says, in bytes for `wire.unpacked`, or the code of its refusal."""
    saved = Mapping.from_json(mapping) if mapping else None
    try:
        return {}, wire.packed(parsing.parsed(content, saved))
    except DomainError as error:
        return {"refused": error.code, "data": error.data}, b""
    except RecursionError:
        return {"refused": StatementTooComplexError.code, "data": {}}, b""
