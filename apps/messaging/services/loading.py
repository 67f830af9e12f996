"""Reading the messages of claimed chunks as they go out."""

from collections.abc import Sequence
from uuid import UUID

from apps.carriers.connectors.base import Outgoing
from apps.carriers.models import Route
from apps.messaging import sql_dispatch as sql
from apps.messaging.choices import BatchStatus
from apps.messaging.rules import compose
from apps.messaging.work import Claimed, Work, runs


def load(chunks: Sequence[Claimed]) -> Work:
    """Read the queued messages of chunks, the signature where their route wants it.

    A batch that was scheduled becomes queued: its time has come.
    """
    batches = _batches(chunks)
    positions = dict(
        Route.objects.filter(pk__in={chunk.route_id for chunk in chunks}).values_list(
            "pk", "signature_position"
        )
    )
    work = Work(chunks)
    for place, message_id, number, own_text in sql.run(sql.QUEUED_MESSAGES, runs(chunks)):
        chunk = chunks[place - 1]
        signature, text, extension = batches[chunk.account_id, chunk.batch_id]
        shown = compose(
            text=text if own_text is None else own_text,
            signature=signature,
            position=positions.get(chunk.route_id, "FRONT"),
        )
        work.messages.append(Outgoing(message_id, number, shown, extension))
        work.place_of[message_id] = place - 1
    return work


def _batches(chunks: Sequence[Claimed]) -> dict[tuple[int, UUID], tuple[str, str, str]]:
    """Return signature, text and extension of each chunk's batch."""
    wanted = sorted({(chunk.account_id, chunk.batch_id) for chunk in chunks})
    rows = sql.run(sql.BATCHES, sql.columns(wanted, ("accounts", "batches"))).fetchall()
    due = sorted(row[:2] for row in rows if row[5] == BatchStatus.SCHEDULED)
    if due:
        sql.run(sql.START_BATCHES, sql.columns(due, ("accounts", "batches")))
    return {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows}
