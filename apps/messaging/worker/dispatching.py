"""The threads that hand messages to a connector and collect its receipts."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import connection

from apps.carriers.connectors import open_connector
from apps.common import clock
from apps.messaging import dispatching, receipts
from apps.messaging.dispatching import OpenConnector
from apps.messaging.worker.loops import Loop

logger = structlog.get_logger(__name__)

RECEIPTS_AT_ONCE = 1000
# A receipt can overtake our own record by the length of one transaction: it is looked at again each
# second for a while. The task that runs each minute looks further back.
REMATCH_SECONDS = 1.0
REMATCH_FOR_SECONDS = 10.0
REMATCH_SINCE = timedelta(minutes=1)
RECONCILED_SINCE = timedelta(hours=1)
LONGEST_CALL_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Spec:
    """What a connector's threads were started for; another spec means other threads."""

    connector_id: int
    protocol: str
    url: str


def open_in_thread(spec: Spec, *, worker: str) -> OpenConnector:
    """Open a connector for one thread. Its calls end well before a lease does."""
    timeout_seconds = min(LONGEST_CALL_SECONDS, settings.SMS_DISPATCH_LEASE_SECONDS / 4)
    carrier = open_connector(spec.protocol, spec.url, timeout_seconds=timeout_seconds)
    return OpenConnector(connector_id=spec.connector_id, carrier=carrier, worker=worker)


class DispatchLoop(Loop):
    """Hands due messages to one connector, and reconciles those of lost leases."""

    reconcile_seconds = 1.0
    # Web processes notify at most every 20 ms, so what came a moment after a NOTIFY has none of its
    # own: after work the thread looks again soon before it rests.
    soon_seconds = 0.03
    attentive_seconds = 0.1

    def __init__(self, spec: Spec, *, worker: str) -> None:
        super().__init__(name=worker)
        self._opened = open_in_thread(spec, worker=worker)
        self._reconcile_at = 0.0
        self._attentive_until = 0.0

    def step(self) -> bool:
        """Reconcile when it is time, then send one round."""
        if time.monotonic() >= self._reconcile_at:
            self._reconcile_at = time.monotonic() + self.reconcile_seconds
            self._reconcile()
        tally = dispatching.hand_over(self._opened, at=clock.now())
        if tally:
            self._attentive_until = time.monotonic() + self.attentive_seconds
            logger.info(
                "dispatched",
                thread=self.name,
                taken=tally.taken,
                refused=tally.refused,
                open=tally.open,
            )
        return tally is not None

    def next_pause(self) -> float:
        """Return how long to rest: briefly while there was work a moment ago."""
        is_attentive = time.monotonic() < self._attentive_until
        return self.soon_seconds if is_attentive else self.pause_seconds

    def finish(self) -> None:
        """Close the connection to the carrier."""
        self._opened.carrier.close()

    def _reconcile(self) -> None:
        at = clock.now()
        tally = dispatching.reconcile(self._opened, at=at)
        if tally and tally.taken:
            # Their receipts may have been here for as long as the lease ran.
            receipts.match_early(since=at - RECONCILED_SINCE, at=at)


class ReceiptsLoop(Loop):
    """Collects the receipts of one connector, if no other worker does."""

    pause_seconds = 0.2

    def __init__(self, spec: Spec, *, worker: str) -> None:
        super().__init__(name=worker)
        self._opened = open_in_thread(spec, worker=worker)
        self._locked_on: Any = None
        self._rematch_at = self._rematch_until = 0.0

    def step(self) -> bool:
        """Store one page of receipts, and match early ones when it is time."""
        if not self._is_ours():
            return False
        self._rematch()
        collected = receipts.collect(
            connector_id=self._opened.connector_id,
            carrier=self._opened.carrier,
            limit=RECEIPTS_AT_ONCE,
            at=clock.now(),
        )
        if collected.matched < collected.stored:
            self._rematch_until = time.monotonic() + REMATCH_FOR_SECONDS
        if collected.stored:
            logger.info(
                "receipts_stored",
                thread=self.name,
                stored=collected.stored,
                matched=collected.matched,
                moved=collected.moved,
            )
        return collected.stored == RECEIPTS_AT_ONCE

    def finish(self) -> None:
        """Close the connection to the carrier."""
        self._opened.carrier.close()

    def _is_ours(self) -> bool:
        """Hold the lock on this connector's receipts; it goes when the connection does."""
        if self._locked_on is None or self._locked_on is not connection.connection:
            held = receipts.hold_connector(self._opened.connector_id)
            self._locked_on = connection.connection if held else None
        return self._locked_on is not None

    def _rematch(self) -> None:
        if self._rematch_at <= time.monotonic() < self._rematch_until:
            self._rematch_at = time.monotonic() + REMATCH_SECONDS
            at = clock.now()
            receipts.match_early(since=at - REMATCH_SINCE, at=at)
