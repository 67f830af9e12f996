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
from apps.messaging import sql_dispatch as sql
from apps.messaging.choices import PRIORITY
from apps.messaging.work import Claimed, Link

MOST_CHUNKS = 500  # Single sends make chunks of one message; so many go out together.


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
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


def claim(link: Link) -> list[Claimed]:
    """Take due chunks for this connector, urgent ones first, up to what it takes at once."""
    found = _peek(_lanes(link.connector_id), link.carrier.most_messages)
    if not found:
        return []
    parameters = _lane_columns(found) | {
        "most_messages": link.carrier.most_messages,
        "lease_seconds": settings.SMS_DISPATCH_LEASE_SECONDS,
        "worker": link.worker,
    }
    with transaction.atomic():
        return [Claimed(*row) for row in sql.run(sql.CLAIM, parameters)]


def claim_run_out(link: Link) -> list[Claimed]:
    """Take chunks of this connector whose lease ran out, up to what it takes at once."""
    routes = list(Route.objects.filter(connector=link.connector_id).values_list("pk", flat=True))
    parameters = {
        "routes": routes,
        "most_chunks": MOST_CHUNKS,
        "most_messages": link.carrier.most_messages,
        "lease_seconds": settings.SMS_DISPATCH_LEASE_SECONDS,
        "worker": link.worker,
    }
    with transaction.atomic():
        return [Claimed(*row) for row in sql.run(sql.CLAIM_RUN_OUT, parameters)]


def release(link: Link, chunks: Mapping[Claimed, tuple[int, float]]) -> None:
    """Let chunks wait again: chunk → the route to try next, and in how many seconds."""
    if chunks:
        parameters = {
            "chunks": [chunk.id for chunk in chunks],
            "routes": [route_id for route_id, _seconds in chunks.values()],
            "seconds": [seconds for _route_id, seconds in chunks.values()],
            "worker": link.worker,
        }
        sql.run(sql.RELEASE_CHUNKS, parameters)


def let_run_out(link: Link, chunks: Iterable[Claimed], *, seconds: float) -> None:
    """End leases so that the chunks are reconciled, `seconds` from now."""
    parameters = {"chunks": [c.id for c in chunks], "seconds": seconds, "worker": link.worker}
    if parameters["chunks"]:
        sql.run(sql.RESET_LEASES, parameters)


def delete(link: Link, chunks: Iterable[Claimed]) -> None:
    """Take finished chunks off the queue."""
    parameters = {"chunks": [chunk.id for chunk in chunks], "worker": link.worker}
    if parameters["chunks"]:
        sql.run(sql.DELETE_CHUNKS, parameters)


def _lanes(connector_id: int) -> list[Lane]:
    """Return the lanes of a connector, urgent ones first; equals take turns by chance."""
    lanes = [
        Lane(
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
    random.shuffle(lanes)
    return sorted(lanes, key=lambda lane: lane.priority)


def _lane_columns(lanes: Sequence[Lane]) -> dict[str, Any]:
    return {
        "operators": [lane.operator for lane in lanes],
        "tests": [lane.is_test for lane in lanes],
        "priorities": [lane.priority for lane in lanes],
        "routes": [lane.route.pk for lane in lanes],
        "firsts": [lane.is_first for lane in lanes],
        "limits": [lane.limit for lane in lanes],
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


def _peek(lanes: Sequence[Lane], most_messages: int) -> list[Lane]:
    """Return the lanes with due chunks, limited to what fits, without locking anything.

    Locking more rows than are taken would hide them from other workers for a moment.
    """
    if not lanes:
        return []
    rows = sql.run(sql.PEEK, _lane_columns(lanes) | {"most_chunks": MOST_CHUNKS}).fetchall()
    sums = accumulate(count for _place, count in rows)
    fitting = [row for row, total in zip(rows, sums, strict=True) if total <= most_messages]
    wanted = Counter(place for place, _count in fitting or rows[:1])
    return [replace(lanes[place - 1], limit=limit) for place, limit in wanted.items()]
