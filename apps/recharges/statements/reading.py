"""The one door through which a bank's file is read: in a confined process, never in this one."""

import structlog

from apps.common.confined import calls
from apps.common.confined.errors import WorkFailedError, WorkRaisedError, WorkUnavailableError
from apps.recharges.statements import wire
from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.errors import (
    BY_CODE,
    StatementEmptyError,
    StatementNotOpenedError,
    StatementTooComplexError,
    StatementTooLargeError,
)
from apps.recharges.statements.limits import MAX_BYTES
from apps.recharges.statements.lines import Statement

logger = structlog.get_logger(__name__)


def read_statement(content: bytes, mapping: Mapping | None = None) -> Statement:
    """Return what a file of a bank says; `mapping` is the bank's saved one, for tables.

    Raises:
        StatementEmptyError, StatementTooLargeError, StatementOldExcelError,
        StatementWebPageError, StatementBrokenError, StatementDangerousError,
        StatementTooWideError, StatementCellTooLongError, StatementTooComplexError: see `errors`.
        StatementNotOpenedError: nobody could look at it, or we did so wrongly.
        FilesBusyError: too many files are being opened.
    """
    if len(content) > MAX_BYTES:
        raise StatementTooLargeError
    if not content.strip():
        raise StatementEmptyError
    try:
        answer = _asked(content, mapping)
    except (WorkUnavailableError, WorkRaisedError, ValueError, KeyError) as error:
        logger.exception("statement_not_opened", trace=getattr(error, "trace", ""))
        raise StatementNotOpenedError from error
    except WorkFailedError as error:
        raise StatementTooComplexError from error
    if isinstance(answer, Statement):
        return answer
    raise answer


def _asked(content: bytes, mapping: Mapping | None) -> Statement | Exception:
    """Return the statement, or the refusal."""
    saved = mapping.to_json() if mapping else None
    answer = calls.call("read_statement", content, mapping=saved)
    if refused := answer.found.get("refused"):
        return BY_CODE[refused](**answer.found["data"])
    return wire.unpacked(answer.content)
