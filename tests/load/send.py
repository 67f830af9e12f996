"""How fast sends are accepted and delivered, next to what the same machine does with less.

    python -m tests.load.send [--runs 3] [--seconds 3]

Starts database, web server, worker and carrier simulator of its own and prints medians:

    (a) single sends a second at 1, 8 and 32 connections, over 100 accounts and on one account;
    (b) messages a second accepted in requests of 1 000 and 10 000 recipients;
    (c) messages a second from the first accept to the last stored receipt;
    (d) requests a second of a bare DRF echo on the same server: the measure of (a);
    (e) rows a second of COPY into the same table: the measure of (b).

Figures of one run belong together; the ratios say more than the numbers.
"""

import argparse
import itertools
import json
import random
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from tests.load import stage
from tests.load.client import request_bytes, run

TEXT = "您的验证码是123456，五分钟内有效，请勿告诉他人。"
ACCOUNTS = 100
CONNECTIONS = (1, 8, 32)
SIZES = (1_000, 10_000)
BULK_CONNECTIONS = 2
COPIED_ROWS = 200_000  # By each of the connections.
DELIVERED_MESSAGES = 30_000
DELIVERY_TIMEOUT_SECONDS = 120
Measurements = dict[str, list[float]]


def number(generator: random.Random, tail: str | None = None) -> str:
    """Return a number of a real segment; a `tail` tells the simulator what to do with it."""
    head = generator.choice(("138", "139", "186", "130", "189", "133"))
    return f"{head}{generator.randrange(10**4):04}{tail or f'{generator.randrange(10**4):04}'}"


def distinct(generator: random.Random, count: int, tail: str | None) -> list[str]:
    """Return so many different numbers, so that none of a request is left out."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[number(generator, tail)] = None
    return list(found)


def sends(keys: Sequence[str], recipients: int, *, tail: str | None = None) -> Iterator[bytes]:
    """Return sends without end, over the accounts in turn."""
    generator = random.Random(2026)
    prepared = []
    for position in range(1_000 if recipients == 1 else 10):
        to = distinct(generator, recipients, tail)
        body = json.dumps({"to": to, "text": TEXT}, ensure_ascii=False).encode()
        key = keys[position % len(keys)]
        prepared.append(request_bytes("/api/v1/messages", body, {"Authorization": f"Bearer {key}"}))
    return itertools.cycle(prepared)


def echoes() -> Iterator[bytes]:
    """Return requests for the echo, as large as a single send."""
    body = json.dumps({"to": ["13800138000"], "text": TEXT}, ensure_ascii=False).encode()
    return itertools.cycle([request_bytes("/api/v1/echo", body)])


def measure(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> float:
    """Return accepted requests a second; any that is refused ends the benchmark."""
    result = run(port, requests, connections=connections, seconds=seconds)
    if set(result.statuses) - {200, 202}:
        raise SystemExit(f"Refused: {dict(result.statuses)}")
    return result.per_second


def singles(port: int, keys: Sequence[str], seconds: float, found: Measurements) -> None:
    """Measure (a) and (d), side by side at each number of connections."""
    for connections in CONNECTIONS:
        for name, requests in (
            ("echo", echoes()),
            ("100 accounts", sends(keys, 1)),
            ("1 account", sends(keys[:1], 1)),
        ):
            found[f"{name} / {connections}"].append(measure(port, requests, connections, seconds))


def bulk(port: int, keys: Sequence[str], seconds: float, found: Measurements) -> None:
    """Measure (b) and (e), each over two connections."""
    for size in SIZES:
        found[f"COPY / {size}"].append(copied(size))
        rate = measure(port, sends(keys, size), BULK_CONNECTIONS, seconds)
        found[f"accepted / {size}"].append(rate * size)


def copied(size: int) -> float:
    """Return rows a second of COPY alone, in transactions of `size` rows made beforehand."""
    prepared = [_rows_for_copy(size, place) for place in range(BULK_CONNECTIONS)]
    threads = [threading.Thread(target=_copy, args=(blocks,)) for blocks in prepared]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return BULK_CONNECTIONS * COPIED_ROWS / (time.perf_counter() - began)


def _rows_for_copy(size: int, place: int) -> list[list[bytes]]:
    from apps.common import clock, ids
    from apps.messaging.accepting import copying
    from apps.messaging.accepting.drafts import MessageRange

    generator = random.Random(place)
    numbers = [number(generator) for _ in range(size)]
    transactions = []
    for _ in range(COPIED_ROWS // size):
        first = ids.uuid7_run(clock.now())
        messages = MessageRange(operator="MOBILE", segments=1, first=first, numbers=numbers)
        transactions.append(list(copying.range_blocks(messages, account_id=1 + place, batch=first)))
    return transactions


def _copy(transactions: Sequence[Sequence[bytes]]) -> None:
    from django.db import connection, transaction

    from apps.messaging.accepting import copying

    for blocks in transactions:
        with transaction.atomic():
            copying.copy(blocks)
    connection.close()


def delivered(port: int, keys: Sequence[str], found: Measurements) -> None:
    """Measure (c): accept messages that are delivered at once, and wait for the last receipt."""
    from apps.messaging.models import Message

    done = Message.objects.filter(status="DELIVERED")
    before = done.count()
    began = time.perf_counter()
    run(
        port, sends(keys, 100, tail="0000"), connections=4, seconds=600,
        most=DELIVERED_MESSAGES // 100,
    )  # fmt: skip
    while done.count() < before + DELIVERED_MESSAGES:
        if time.perf_counter() - began > DELIVERY_TIMEOUT_SECONDS:
            raise SystemExit(f"Only {done.count() - before} of {DELIVERED_MESSAGES} delivered.")
        time.sleep(0.2)
    found["delivered"].append(DELIVERED_MESSAGES / (time.perf_counter() - began))


def report(found: Measurements, runs: int) -> None:
    """Print the medians and their ratios as the README's table."""
    median = {name: statistics.median(values) for name, values in found.items()}
    print(f"\nMedians of {runs} runs\n")
    print("| | measured | next to | ratio |\n|---|---|---|---|")
    for connections in CONNECTIONS:
        echo = median[f"echo / {connections}"]
        for kind in ("100 accounts", "1 account"):
            rate = median[f"{kind} / {connections}"]
            print(
                f"| (a) single sends, {connections} connections, {kind} | {rate:,.0f}/s "
                f"| (d) echo {echo:,.0f}/s | {rate / echo:.2f} |"
            )
    for size in SIZES:
        copy, rate = median[f"COPY / {size}"], median[f"accepted / {size}"]
        print(
            f"| (b) {size:,} recipients a request | {rate:,.0f} messages/s "
            f"| (e) COPY {copy:,.0f} rows/s | {rate / copy:.2f} |"
        )
    print(f"| (c) from accept to stored receipt | {median['delivered']:,.0f} messages/s | | |")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    with stage.database(), ExitStack() as stack:
        keys = stage.accounts(ACCOUNTS)
        simulator = stage.free_port()
        stage.routes(f"http://127.0.0.1:{simulator}")
        port = stage.server(stack)
        run(port, sends(keys, 1), connections=32, seconds=2)  # Every thread connects and prepares.
        found: Measurements = defaultdict(list)
        for number_ in range(options.runs):
            print(f"Run {number_ + 1} of {options.runs} …", flush=True)
            singles(port, keys, options.seconds, found)
            bulk(port, keys, options.seconds, found)
        forget_waiting()
        stage.manage(stack, "carrier_simulator", "--port", str(simulator))
        stage.wait_for(simulator)
        stage.manage(stack, "worker", "--no-tasks")
        for _ in range(options.runs):
            delivered(port, keys, found)
    report(found, options.runs)


def forget_waiting() -> None:
    """Drop what (a) and (b) queued, so that (c) measures its own messages."""
    from apps.messaging.models import Chunk

    Chunk.objects.all().delete()


if __name__ == "__main__":
    main()
