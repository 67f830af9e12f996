"""Handing queued messages to a carrier, and finding out what became of them after a crash.

A round claims chunks (committed), submits them (no transaction), and records the answers (one
transaction). If the process dies or the answer is lost in between, the lease runs out and
`reconcile` asks the carrier what it has: nothing is blindly sent again.
"""

import time
from collections.abc import Sequence
from datetime import datetime

import structlog
from django.conf import settings

from apps.carriers.connectors.base import CarrierError
from apps.carriers.queries import routes_for
from apps.messaging.dispatching import answers, leases
from apps.messaging.dispatching.answers import Tally
from apps.messaging.dispatching.claims import ClaimedChunk, OpenConnector
from apps.messaging.dispatching.loading import load
from apps.messaging.rules import NO_CONNECTOR

logger = structlog.get_logger(__name__)

ATTEMPTS_PER_ROUTE = 3
LONGEST_BACK_OFF_SECONDS = 60.0
ASK_AGAIN_SECONDS = 2.0  # after an answer was lost; long enough for a carrier to come back


def hand_over(opened: OpenConnector, *, at: datetime) -> Tally | None:
    """Send one round of due messages; None when there were none.

    Raises:
        CarrierError: the carrier took nothing, or may have and did not say; the chunks are given
            back accordingly.
    """
    started = time.monotonic()
    chunks = leases.claim(opened)
    if not chunks:
        return None
    claim = load(chunks)
    if time.monotonic() - started > settings.SMS_DISPATCH_LEASE_SECONDS / 2:
        # Paused for so long that the lease could run out before the carrier answers.
        leases.release(opened, {chunk: (chunk.route_id, 0.0) for chunk in chunks})
        return Tally(open=len(claim.messages))
    try:
        answered = opened.carrier.submit(claim.messages) if claim.messages else []
    except CarrierError as error:
        _give_back(opened, chunks, error, at=at)
        raise
    tally = answers.record(opened, claim, answered, at=at)
    leases.let_run_out(opened, claim.open_chunks(answered), seconds=ASK_AGAIN_SECONDS)
    return tally


def reconcile(opened: OpenConnector, *, at: datetime) -> Tally | None:
    """Ask the carrier about messages whose lease ran out; those it does not know wait again.

    Returns None when there were none.

    Raises:
        CarrierError: the carrier could not be asked; the chunks are asked for again.
    """
    chunks = leases.claim_run_out(opened)
    if not chunks:
        return None
    claim = load(chunks)
    try:
        found = (
            opened.carrier.look_up([m.reference for m in claim.messages]) if claim.messages else []
        )
    except CarrierError:
        leases.let_run_out(opened, chunks, seconds=ASK_AGAIN_SECONDS)
        raise
    tally = answers.record(opened, claim, found, at=at)
    waiting = {chunk: (chunk.route_id, 0.0) for chunk in claim.open_chunks(found)}
    leases.release(opened, waiting)
    logger.info("reconciled", chunks=len(chunks), found=len(found), waiting=tally.open)
    return tally


def _give_back(
    opened: OpenConnector, chunks: Sequence[ClaimedChunk], error: CarrierError, *, at: datetime
) -> None:
    """Decide what becomes of chunks whose submit failed as a whole."""
    if not error.nothing_taken:
        leases.let_run_out(opened, chunks, seconds=ASK_AGAIN_SECONDS)
        return
    if not error.permanent:
        leases.release(opened, {chunk: _next_try(chunk) for chunk in chunks})
        return
    later = {chunk: _next_route(chunk) for chunk in chunks}
    leases.release(opened, {c: (route_id, 0.0) for c, route_id in later.items() if route_id})
    stranded = [chunk for chunk, route_id in later.items() if route_id is None]
    answers.refuse_all(opened, stranded, code=NO_CONNECTOR, at=at)


def _next_try(chunk: ClaimedChunk) -> tuple[int, float]:
    """Return the same route after a growing pause, or another one after some attempts."""
    if chunk.attempts % ATTEMPTS_PER_ROUTE == 0:
        route_ids = _route_ids(chunk)
        other = _next_route(chunk) or (route_ids[0] if route_ids else chunk.route_id)
        if other != chunk.route_id:
            return other, 0.0
    return chunk.route_id, min(2.0 ** min(chunk.attempts - 1, 10), LONGEST_BACK_OFF_SECONDS)


def _next_route(chunk: ClaimedChunk) -> int | None:
    """Return the route after the chunk's own; None when it is the last."""
    route_ids = _route_ids(chunk)
    place = route_ids.index(chunk.route_id) if chunk.route_id in route_ids else -1
    return next(iter(route_ids[place + 1 :]), None)


def _route_ids(chunk: ClaimedChunk) -> list[int]:
    return [route.pk for route in routes_for(chunk.operator, is_test=chunk.is_test)]
