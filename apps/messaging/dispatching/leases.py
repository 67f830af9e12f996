"""Taking chunks under lease and giving them back.

A lease that ran out marks the crash window: its chunk is claimed by `claim_run_out` alone, and
never sent before the carrier was asked what it has.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.db import transaction

from apps.carriers.choices import Operator
from apps.carriers.models import Route
from apps.carriers.queries import routes_for
from apps.common.database import execute
from apps.messaging.choices import PRIORITY
from apps.messaging.dispatching import sql
from apps.messaging.dispatching.claims import ClaimedChunk, OpenConnector

MOST_CHUNKS = 500  # Single sends make chunks of one message; so many go out together.


@dataclass(frozen=True, kw_only=True, slots=True)
class Queue:
    """The waiting chunks of one operator and priority that a route takes.

    Attributes:
        is_first: the route is the operator's first; the others take what was sent on to them.
    """

    operator: str
    is_test: bool
    priority: int
    route: Route
    is_first: bool
    limit: int = MOST_CHUNKS


def claim(opened: OpenConnector) -> list[ClaimedChunk]:
    """Take due chunks for this connector, urgent ones first, up to what it takes at once."""
    found = _peek(_queues(opened.connector_id), opened.carrier.most_messages)
    if not found:
        return []
    parameters = _queue_columns(found) | {
        "most_messages": opened.carrier.most_messages,
        "lease_seconds": settings.SMS_DISPATCH_LEASE_SECONDS,
        "worker": opened.worker,
    }
    with transaction.atomic():
        return [ClaimedChunk(*row) for row in execute(sql.CLAIM, parameters)]


def claim_run_out(opened: OpenConnector) -> list[ClaimedChunk]:
    """Take chunks of this connector whose lease ran out, up to what it takes at once."""
    routes = list(Route.objects.filter(connector=opened.connector_id).values_list("pk", flat=True))
    parameters = {
        "routes": routes,
        "most_chunks": MOST_CHUNKS,
        "most_messages": opened.carrier.most_messages,
        "lease_seconds": settings.SMS_DISPATCH_LEASE_SECONDS,
        "worker": opened.worker,
    }
    with transaction.atomic():
        return [ClaimedChunk(*row) for row in execute(sql.CLAIM_RUN_OUT, parameters)]


def release(opened: OpenConnector, chunks: Mapping[ClaimedChunk, tuple[int, float]]) -> None:
    """Let chunks wait again: chunk → the route to try next, and in how many seconds."""
    if chunks:
        parameters = {
            "chunks": [chunk.id for chunk in chunks],
            "routes": [route_id for route_id, _seconds in chunks.values()],
            "seconds": [seconds for _route_id, seconds in chunks.values()],
            "worker": opened.worker,
        }
        execute(sql.RELEASE_CHUNKS, parameters)


def let_run_out(opened: OpenConnector, chunks: Iterable[ClaimedChunk], *, seconds: float) -> None:
    """End leases so that the chunks are reconciled, `seconds` from now."""
    parameters = {"chunks": [c.id for c in chunks], "seconds": seconds, "worker": opened.worker}
    if parameters["chunks"]:
        execute(sql.RESET_LEASES, parameters)


def delete(opened: OpenConnector, chunks: Iterable[ClaimedChunk]) -> None:
    """Take finished chunks off the queue."""
    parameters = {"chunks": [chunk.id for chunk in chunks], "worker": opened.worker}
    if parameters["chunks"]:
        execute(sql.DELETE_CHUNKS, parameters)


def _queues(connector_id: int) -> list[Queue]:
    """Return the queues of a connector, urgent ones first; equals take turns by chance."""
    queues = [
        Queue(
            operator=operator,
            is_test=is_test,
            priority=priority,
            route=route,
            is_first=place == 0,
        )
        for operator in Operator.values
        for is_test in (False, True)
        for place, route in enumerate(routes_for(operator, is_test=is_test))
        if route.connector_id == connector_id
        for priority in PRIORITY.values()
    ]
    random.shuffle(queues)
    return sorted(queues, key=lambda queue: queue.priority)


def _queue_columns(queues: Sequence[Queue]) -> dict[str, Any]:
    return {
        "operators": [queue.operator for queue in queues],
        "tests": [queue.is_test for queue in queues],
        "priorities": [queue.priority for queue in queues],
        "routes": [queue.route.pk for queue in queues],
        "firsts": [queue.is_first for queue in queues],
        "limits": [queue.limit for queue in queues],
        "later_routes": _later_routes(),
    }


def _later_routes() -> list[int]:
    """Return the routes that are not the first of their operator: where failures are sent on to."""
    return [
        route.pk
        for operator in Operator.values
        for is_test in (False, True)
        for route in routes_for(operator, is_test=is_test)[1:]
    ]


def _peek(queues: Sequence[Queue], most_messages: int) -> list[Queue]:
    """Return the queues with due chunks, limited to what fits, without locking anything.

    Locking more rows than are taken would hide them from other workers for a moment.
    """
    if not queues:
        return []
    rows = execute(sql.PEEK, _queue_columns(queues) | {"most_chunks": MOST_CHUNKS}).fetchall()
    sums = accumulate(count for _place, count in rows)
    fitting = [row for row, total in zip(rows, sums, strict=True) if total <= most_messages]
    wanted = Counter(place for place, _count in fitting or rows[:1])
    return [replace(queues[place - 1], limit=limit) for place, limit in wanted.items()]
