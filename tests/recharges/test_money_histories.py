"""Thousands of random histories of money: one verb at a time beside a model, and many at once."""

import copy
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from apps.common.errors import DomainError
from apps.recharges.models import ExpectedRecharge, LateCredit, Remittance
from apps.recharges.services import late_credits, lots
from tests.recharges import money_checks
from tests.recharges.money_books import Books
from tests.recharges.money_world import (
    BANK,
    CLOCK,
    OWN,
    PURCHASE,
    TAKING_BACK,
    USE,
    Rows,
    Step,
    World,
    tried,
)

# Raise them to look further.
HISTORIES, STEPS, SEEDS = 400, 10, 5
CONCURRENT_HISTORIES, WORKERS, WORKER_STEPS, CONCURRENT_SEEDS = 40, 3, 5, 5
BEGINNING: Sequence[Step] = (
    ("bring", {"yuans": [Decimal(yuan) for yuan in ("1.57", "3", "2.1", "0.75", "4", "2", "1")]}),
    ("match", {"entries": [0, 0], "slips": [], "account": OWN, "who": 0}),
    ("confirm", {"recharge": 0, "who": 1}),
    ("send", {"account": OWN, "count": 11, "length": 200}),
    ("report", {"account": OWN, "yuan": Decimal(4)}),
    ("settle", {}),
    ("transfer", {"way": (OWN, 1), "segments": 30}),
)
OWING: Sequence[Step] = (
    *BEGINNING,
    ("request", {"recharge": 0, "cause": "BANK_RECALL", "who": 2}),
    ("approve", {"reversal": 0, "who": 0}),
)
EXPLORING = hypothesis_settings(
    deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World()


def take(world: World, books: Books, verb: str, numbers: dict[str, Any]) -> None:
    """Take a step; it must be allowed or refused as the books say, and do what they say."""
    named = world.resolve(numbers)
    if named is None:
        return
    made = tried(getattr(world, verb), **named)
    is_allowed = getattr(books, verb)(made, **named)
    assert is_allowed != isinstance(made, DomainError), (verb, named, made)
    assert world.buckets() == [(each.available, each.held, each.spent) for each in books.buckets]


class Histories(RuleBasedStateMachine):
    """One history after another from the same beginning, each undone before the next."""

    world: ClassVar[World]
    beginning: ClassVar[tuple[Rows, Books]]

    def __init__(self) -> None:
        super().__init__()
        self.history = transaction.atomic()
        self.history.__enter__()
        self.world.rows, self.books = copy.deepcopy(self.beginning)
        self.is_sound = True

    @rule(step=BANK)
    def bank(self, step: Step) -> None:
        self.step(step)

    @rule(step=PURCHASE)
    def purchase(self, step: Step) -> None:
        self.step(step)

    @rule(step=USE)
    def use(self, step: Step) -> None:
        self.step(step)

    @rule(step=TAKING_BACK)
    def take_back(self, step: Step) -> None:
        self.step(step)

    @rule(step=CLOCK)
    def clock(self, step: Step) -> None:
        self.step(step)

    def step(self, step: Step) -> None:
        self.is_sound = False
        take(self.world, self.books, *step)
        self.is_sound = True

    def teardown(self) -> None:
        try:
            if self.is_sound:
                late_credits.notice(at=self.books.at)
                assert shown(money_checks.check()) == expected(self.books)
        finally:
            transaction.set_rollback(True)
            self.history.__exit__(None, None, None)


def shown(found: money_checks.Found) -> dict[str, Any]:
    """Return what became of every row."""
    parts = ("held", "taken", "owed", "recovered", "written_off")
    return {
        "lines": {number: line["status"] for number, line in found.lines.items()},
        "slips": dict(Remittance.objects.values_list("pk", "status")),
        "credits": {
            number: (row["status"], row["segments"], row["unit_price_yuan"])
            for number, row in found.recharges.items()
        },
        "debts": {
            number: (row["status"], *[row[f"{part}_segments"] for part in parts])
            for number, row in found.reversals.items()
        },
        "first": dict(ExpectedRecharge.objects.values_list("pk", "recharge")),
        "late": set(LateCredit.objects.values_list("bank_entry", "due_at")),
    }


def expected(books: Books) -> dict[str, Any]:
    """Return what should have become of it."""
    return {
        "lines": {number: line.status for number, line in books.lines.items()},
        "slips": {number: slip.status for number, slip in books.slips.items()},
        "credits": {n: (c.status, c.segments, c.price) for n, c in books.credits.items()},
        "debts": {
            n: (d.status, d.held, d.taken, d.owed, d.recovered, d.written_off)
            for n, d in books.debts.items()
        },
        "first": {number: met_by for number, (_owing, met_by) in books.first.items()},
        "late": books.late(),
    }


@pytest.mark.parametrize("number", range(SEEDS))
def test_any_history_does_what_the_books_say_and_loses_nothing(number, world):
    books = Books(world.rows.at)
    for step in (BEGINNING, OWING)[number % 2]:
        take(world, books, *step)
    fields = {"world": world, "beginning": (world.rows, books)}
    machine = seed(number)(type("Histories", (Histories,), fields))

    run_state_machine_as_test(
        machine,
        settings=hypothesis_settings(EXPLORING, max_examples=HISTORIES, stateful_step_count=STEPS),
    )


class Workers:
    """Threads with a connection each, kept over all histories; one more settles the lots."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._pool = ThreadPoolExecutor(WORKERS + 1)
        self._barrier = Barrier(WORKERS + 1, timeout=20)

    def run(self, batches: Sequence[Sequence[Step]]) -> list[Exception]:
        """Let each worker take its steps at the same time; return what was no rule's answer."""
        calls = [lambda batch=batch: self._take(batch) for batch in batches]
        return [error for found in self._all([*calls, self._settle]) for error in found]

    def stop(self) -> None:
        """Close their connections."""
        self._all([lambda: connection.close()] * (WORKERS + 1))  # noqa: PLW0108 - the thread's own
        self._pool.shutdown()

    def _all(self, calls: Sequence[Any]) -> list[Any]:
        futures = [self._pool.submit(self._at_once, call) for call in calls]
        return [future.result() for future in futures]

    def _at_once(self, call: Any) -> Any:
        self._barrier.wait()
        return call()

    def _take(self, batch: Sequence[Step]) -> list[Exception]:
        errors: list[Exception] = []
        for verb, numbers in batch:
            named = self._world.resolve(numbers)
            try:
                if named is not None:
                    tried(getattr(self._world, verb), **named)
            except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
                errors.append(error)
        return errors

    def _settle(self) -> list[Exception]:
        try:
            for _ in range(WORKER_STEPS):
                lots.settle()
        except Exception as error:  # noqa: BLE001 - as above
            return [error]
        return []


SETTLE: st.SearchStrategy[Step] = st.just(("settle", {}))
STEP = st.one_of(BANK, PURCHASE, PURCHASE, USE, USE, TAKING_BACK, TAKING_BACK, SETTLE)
BATCHES = st.lists(
    st.lists(STEP, min_size=WORKER_STEPS, max_size=WORKER_STEPS),
    min_size=WORKERS,
    max_size=WORKERS,
)


@pytest.fixture
def workers(transactional_db, world):
    found = Workers(world)
    yield found
    found.stop()


@pytest.mark.parametrize("number", range(CONCURRENT_SEEDS))
def test_workers_at_once_lose_nothing_and_never_stand_in_each_others_way(number, world, workers):
    @seed(number)
    @hypothesis_settings(EXPLORING, max_examples=CONCURRENT_HISTORIES, phases=[Phase.generate])
    @given(batches=BATCHES)
    def histories(batches: list[list[Step]]) -> None:
        for verb, numbers in BEGINNING:
            tried(getattr(world, verb), **(world.resolve(numbers) or {}))
        assert workers.run(batches) == []
        money_checks.check()

    histories()
