"""Sends that wait for the next statement: who goes with whom, who waits for whom, who hears what."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg.errors import AdminShutdown, UniqueViolation

from apps.messaging.accepting.gathering import ENOUGH, Gathering
from tests.messaging.worker_process import wait_until

LONG = 20.0  # Whoever waits so long is stuck.


class Statements:
    """Stands where the database does: keeps what each statement stored, and can be held."""

    def __init__(self):
        self.stored = []
        self.error = None
        self.going = threading.Event()
        self.going.set()

    def run(self, drafts):
        self.stored.append(set(drafts))
        self.going.wait(LONG)
        if self.error is not None:
            raise self.error
        return [draft * 10 for draft in drafts]


class Scene:
    """A gathering over such statements, and threads that send."""

    def __init__(self, pool, **settings):
        self.pool = pool
        self.statements = Statements()
        self.gathering = Gathering(self.statements.run, **settings)

    def send(self, draft):
        return self.pool.submit(self.gathering.store, draft)

    def send_behind_another(self, drafts):
        """Send while the statement of send 0 runs; return the answers to come once it is done."""
        self.statements.going.clear()
        first = self.send(0)
        wait_until(lambda: self.statements.stored[-1:] == [{0}], seconds=10)
        others = [self.send(draft) for draft in drafts]
        wait_until(lambda: len(self.gathering._waiting) == len(drafts), seconds=10)
        self.statements.going.set()
        assert first.exception(LONG) is self.statements.error
        assert self.statements.error or first.result() == 0
        return others


def results(futures):
    return [future.result(LONG) for future in futures]


@pytest.fixture
def pool():
    with ThreadPoolExecutor(16) as pool:
        yield pool


class TestWhoGoesTogether:
    def test_a_lone_send_is_stored_at_once(self, pool):
        scene = Scene(pool, return_seconds=LONG)

        assert [scene.send(draft).result(LONG) for draft in (1, 2)] == [10, 20]
        assert scene.statements.stored == [{1}, {2}]

    def test_those_who_come_during_a_statement_are_the_next_one(self, pool):
        scene = Scene(pool, return_seconds=0)

        assert results(scene.send_behind_another([1, 2, 3])) == [10, 20, 30]
        assert scene.statements.stored == [{0}, {1, 2, 3}]

    def test_no_more_than_the_most(self, pool):
        scene = Scene(pool, return_seconds=0, most=2)

        assert results(scene.send_behind_another([1, 2, 3, 4, 5])) == [10, 20, 30, 40, 50]
        assert [len(drafts) for drafts in scene.statements.stored] == [1, 2, 2, 1]


class TestWhoIsWaitedFor:
    def test_who_was_answered_just_now(self, pool):
        scene = Scene(pool, return_seconds=LONG)

        gathered = scene.send_behind_another([1, 2, 3])
        back = scene.send(4)

        assert results([*gathered, back]) == [10, 20, 30, 40]
        assert scene.statements.stored == [{0}, {1, 2, 3, 4}]

    def test_nobody_for_long(self, pool):
        scene = Scene(pool, return_seconds=0.001)

        assert results(scene.send_behind_another([1, 2])) == [10, 20]

    def test_nobody_where_there_are_enough(self, pool):
        scene = Scene(pool, return_seconds=LONG)
        many = range(1, ENOUGH + 1)

        assert results(scene.send_behind_another(many)) == [draft * 10 for draft in many]

    def test_nobody_for_a_while_after_a_wait_in_vain_but_then_again(self, pool):
        scene = Scene(pool, return_seconds=0.1)
        results(scene.send_behind_another([1, 2]))
        wait_until(lambda: time.monotonic() > scene.gathering._expected_until, seconds=10)
        scene.gathering._return_seconds = LONG

        assert results(scene.send_behind_another([1, 2])) == [10, 20]
        assert results([scene.send(3), scene.send(4)]) == [30, 40]
        assert scene.statements.stored == [{0}, {1, 2}, {0}, {1, 2}, {3, 4}]


class TestWhoHearsWhat:
    @pytest.mark.parametrize("error", [AdminShutdown(), TypeError(), SystemExit()], ids=repr)
    def test_all_of_an_error_after_which_nobody_knows_what_is_stored(self, pool, error):
        scene = Scene(pool, return_seconds=0)
        scene.statements.error = error

        sent = scene.send_behind_another([1, 2, 3])

        assert [each.exception(LONG) for each in sent] == [error] * 3

    def test_none_of_a_refusal_as_each_is_tried_alone(self, pool):
        scene = Scene(pool, return_seconds=0)
        statements = scene.statements
        statements.going.clear()
        statements.error = UniqueViolation()

        sent = [scene.send(draft) for draft in (1, 2, 3)]
        wait_until(lambda: len(scene.gathering._waiting) == 2, seconds=10)
        statements.going.set()

        assert results(sent) == [None] * 3

    def test_the_next_ones_that_all_is_well_again(self, pool):
        scene = Scene(pool, return_seconds=0)
        scene.statements.error = AdminShutdown()
        scene.send(1).exception(LONG)
        scene.statements.error = None

        assert scene.send(2).result(LONG) == 20

    @pytest.mark.parametrize("return_seconds", [0, 0.0001, 0.002])
    def test_each_of_many_its_own(self, pool, return_seconds):
        scene = Scene(pool, return_seconds=return_seconds, most=5)
        drafts = random.Random(7).sample(range(10_000), 1_000)

        assert results([scene.send(draft) for draft in drafts]) == [draft * 10 for draft in drafts]
        assert sorted(draft for stored in scene.statements.stored for draft in stored) == sorted(
            drafts
        )
