"""What every connector promises (`apps.carriers.connectors.base`), whatever carrier it speaks to.

A protocol's test module subclasses `ConnectorContract`, gives a `link` fixture with an open
connector and the carrier behind it, and marks itself as its carrier needs.
"""

import time
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

import pytest

from apps.carriers.connectors.base import (
    Answer,
    CarrierConnector,
    CarrierError,
    CarrierReceipt,
    Outcome,
    Outgoing,
)
from apps.common import clock, ids


class CarrierUnderTest(Protocol):
    """The carrier's side: how a test makes it misbehave."""

    def fail(self, kind: str, count: int = 1) -> None: ...

    def kill(self) -> None: ...

    def start(self) -> None: ...


def outgoing(*numbers: str, text: str = "【青禾软件】您的订单已发货。") -> list[Outgoing]:
    """Make messages to these numbers."""
    first = ids.uuid7_run(clock.now())
    return [Outgoing(UUID(int=first + n), number, text) for n, number in enumerate(numbers)]


def receipts_of(
    carrier: CarrierConnector, answers: list[Answer], count: int
) -> list[CarrierReceipt]:
    """Wait until `count` receipts for these answers came."""
    wanted = {answer.carrier_id for answer in answers}
    cursor, found = "", []
    deadline = time.monotonic() + 10
    while len(found) < count and time.monotonic() < deadline:
        page = carrier.fetch_receipts(cursor=cursor, limit=100)
        cursor = page.cursor
        found += [receipt for receipt in page.receipts if receipt.carrier_id in wanted]
        time.sleep(0 if page.receipts else 0.05)
    return found


class ConnectorContract:
    """The promises; numbers follow the test numbers of the REST contract."""

    @pytest.fixture
    def carrier(self) -> CarrierConnector:
        raise NotImplementedError

    @pytest.fixture
    def far_side(self) -> CarrierUnderTest:
        raise NotImplementedError

    @pytest.fixture
    def reopen(self) -> Callable[[], CarrierConnector]:
        raise NotImplementedError

    def test_answers_each_message_with_an_id_of_its_own(self, carrier):
        messages = outgoing("13800137777", "13800138888")

        answers = carrier.submit(messages)

        assert {answer.reference for answer in answers} == {m.reference for m in messages}
        assert len({answer.carrier_id for answer in answers}) == 2

    def test_takes_as_many_as_it_says(self, carrier):
        answers = carrier.submit(outgoing(*["13800137777"] * carrier.most_messages))

        assert len(answers) == carrier.most_messages

    def test_refuses_one_message_with_a_code_and_takes_the_others(self, carrier):
        taken, refused = carrier.submit(outgoing("13800137777", "13800130005"))

        assert taken.is_taken
        assert not refused.is_taken
        assert refused.code

    def test_delivers_a_receipt_under_the_answers_id(self, carrier):
        answers = carrier.submit(outgoing("13800130000"))

        (receipt,) = receipts_of(carrier, answers, 1)

        assert receipt.outcome == Outcome.DELIVERED
        assert abs((receipt.done_at - clock.now()).total_seconds()) < 10

    def test_tells_an_undelivered_message(self, carrier):
        answers = carrier.submit(outgoing("13800130001"))

        (receipt,) = receipts_of(carrier, answers, 1)

        assert receipt.outcome == Outcome.UNDELIVERED
        assert receipt.code

    def test_gives_the_same_receipts_again_for_the_same_cursor(self, carrier):
        answers = carrier.submit(outgoing("13800130000", "13800140000"))
        receipts_of(carrier, answers, 2)

        first, again = (carrier.fetch_receipts(cursor="", limit=2) for _ in range(2))

        assert first == again

    def test_finds_what_it_took_and_nothing_else(self, carrier):
        taken, unseen = outgoing("13800137777", "13800137777")
        answers = carrier.submit([taken])

        assert carrier.look_up([taken.reference, unseen.reference]) == answers

    def test_finds_a_refused_message_as_refused(self, carrier):
        messages = outgoing("13800130005")
        answers = carrier.submit(messages)

        assert carrier.look_up([messages[0].reference]) == answers

    def test_looks_up_more_than_one_page(self, carrier):
        messages = outgoing(*["13800137777"] * carrier.most_messages)
        carrier.submit(messages)

        found = carrier.look_up([message.reference for message in messages])

        assert len(found) == len(messages)

    def test_says_that_a_busy_carrier_took_nothing(self, carrier, far_side):
        far_side.fail("busy")

        with pytest.raises(CarrierError) as caught:
            carrier.submit(outgoing("13800137777"))

        assert caught.value.nothing_taken
        assert not caught.value.permanent

    def test_says_that_a_denial_is_permanent(self, carrier, far_side):
        far_side.fail("denied")

        with pytest.raises(CarrierError) as caught:
            carrier.submit(outgoing("13800137777"))

        assert caught.value.permanent

    def test_does_not_claim_to_know_after_a_lost_answer(self, carrier, far_side):
        far_side.fail("lost_answer")
        messages = outgoing("13800137777")

        with pytest.raises(CarrierError) as caught:
            carrier.submit(messages)

        assert not caught.value.nothing_taken
        assert len(carrier.look_up([messages[0].reference])) == 1

    def test_says_that_an_absent_carrier_took_nothing(self, reopen, far_side):
        far_side.kill()
        fresh = reopen()

        with pytest.raises(CarrierError) as caught:
            fresh.submit(outgoing("13800137777"))

        assert caught.value.nothing_taken
        fresh.close()
        far_side.start()

    def test_goes_on_after_a_restart_of_the_carrier(self, carrier, far_side):
        messages = outgoing("13800137777")
        answers = carrier.submit(messages)
        far_side.kill()
        far_side.start()

        assert carrier.look_up([messages[0].reference]) == answers
