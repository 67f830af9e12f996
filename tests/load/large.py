"""Does a table of millions of messages slow a send, or the newest page of the log?

    python -m tests.load.large [--messages 5000000]

Measures single sends at 8 connections and the first page of `GET /messages` on an empty table, fills
it with as many messages over all accounts, and measures again.
"""

import argparse
import itertools
import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from tests.load import stage
from tests.load.client import request_bytes, run
from tests.load.send import ACCOUNTS, number, sends

RUNS = 5
CONNECTIONS = 8
BATCH_MESSAGES = 10_000


def log_pages(keys: Sequence[str]) -> Iterator[bytes]:
    """Return requests for the newest page of each account's log in turn."""
    return itertools.cycle(
        request_bytes("/api/v1/messages", headers={"Authorization": f"Bearer {key}"}, method="GET")
        for key in keys
    )


def median(port: int, requests: Callable[[], Iterator[bytes]], seconds: float) -> float:
    """Return the median of answered requests a second over some runs."""
    return statistics.median(
        run(port, requests(), connections=CONNECTIONS, seconds=seconds).per_second
        for _ in range(RUNS)
    )


def fill(messages: int) -> None:
    """COPY messages of the last weeks into the table, batch by batch over all accounts."""
    from datetime import timedelta

    from django.db import connection, transaction

    from apps.common import clock, ids
    from apps.messaging.accepting import copying
    from apps.messaging.accepting.drafts import MessageRange
    from apps.messaging.models import Batch
    from apps.partners.models import Account

    generator = random.Random(5)
    accounts = list(Account.objects.order_by("pk").values_list("pk", flat=True))
    numbers = [number(generator) for _ in range(BATCH_MESSAGES)]
    count = messages // BATCH_MESSAGES
    for position in range(count):
        at = clock.now() - timedelta(days=10) * (count - position) / count
        batch, first = ids.uuid7_run(at), ids.uuid7_run(at)
        messages = MessageRange(operator="MOBILE", segments=1, first=first, numbers=numbers)
        account_id = accounts[position % len(accounts)]
        with transaction.atomic():
            Batch.objects.create(
                id=f"{batch:032x}", account_id=account_id, status="QUEUED", kind="notice",
                signature="青禾软件", text="您好", expires_at=at, refund_rule="never",
                accepted_count=BATCH_MESSAGES, segments=BATCH_MESSAGES, rejected=[],
                first_message_id=f"{first:032x}", created_at=at,
            )  # fmt: skip
            copying.copy(copying.range_blocks(messages, account_id=account_id, batch=batch))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE messaging_message, messaging_batch")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5_000_000)
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    with stage.database(), ExitStack() as stack:
        keys = stage.accounts(ACCOUNTS)
        stage.routes("http://127.0.0.1:9")
        port = stage.server(stack)
        run(port, sends(keys, 1), connections=32, seconds=3)
        measured = {
            "single sends": lambda: sends(keys, 1),
            "newest page of the log": lambda: log_pages(keys),
        }
        before = {name: median(port, make, options.seconds) for name, make in measured.items()}
        fill(options.messages)
        after = {name: median(port, make, options.seconds) for name, make in measured.items()}
    print(f"\n| {CONNECTIONS} connections | empty | {options.messages:,} messages | ratio |")
    print("|---|---|---|---|")
    for name, rate in before.items():
        print(f"| {name} | {rate:,.0f}/s | {after[name]:,.0f}/s | {after[name] / rate:.2f} |")


if __name__ == "__main__":
    main()
