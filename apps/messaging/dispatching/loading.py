"""Reading the messages of claimed chunks as they go out."""

from collections.abc import Sequence
from uuid import UUID

from apps.carriers.connectors.base import Outgoing
from apps.carriers.models import Route
from apps.common.database import columns, execute
from apps.messaging.choices import BatchStatus
from apps.messaging.dispatching import sql
from apps.messaging.dispatching.claims import Claim, ClaimedChunk, id_ranges
from apps.messaging.rules import compose


def load(chunks: Sequence[ClaimedChunk]) -> Claim:
    """Read the queued messages of chunks, the signature where their route wants it.

    A batch that was scheduled becomes queued: its time has come.
    """
    batches = _batches(chunks)
    positions = dict(
        Route.objects.filter(pk__in={chunk.route_id for chunk in chunks}).values_list(
            "pk", "signature_position"
        )
    )
    claim = Claim(chunks)
    for place, message_id, number, own_text in execute(sql.QUEUED_MESSAGES, id_ranges(chunks)):
        chunk = chunks[place - 1]
        signature, text, extension = batches[chunk.account_id, chunk.batch_id]
        shown = compose(
            text=text if own_text is None else own_text,
            signature=signature,
            position=positions.get(chunk.route_id, "FRONT"),
        )
        claim.messages.append(Outgoing(message_id, number, shown, extension))
        claim.place_of[message_id] = place - 1
    return claim


def _batches(chunks: Sequence[ClaimedChunk]) -> dict[tuple[int, UUID], tuple[str, str, str]]:
    """Return signature, text and extension of each chunk's batch."""
    wanted = sorted({(chunk.account_id, chunk.batch_id) for chunk in chunks})
    rows = execute(sql.BATCHES, columns(wanted, ("accounts", "batches"))).fetchall()
    due = sorted(row[:2] for row in rows if row[5] == BatchStatus.SCHEDULED)
    if due:
        execute(sql.START_BATCHES, columns(due, ("accounts", "batches")))
    return {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows}
