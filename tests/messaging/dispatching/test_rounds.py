"""Handing over: claims, answers, failures, failover, and the crash window."""

from datetime import timedelta

import pytest
from django.db import connection

from apps.carriers.connectors.base import Answer, CarrierError
from apps.common import clock
from apps.common.database import execute
from apps.ledger.models import Balance, LedgerEntry
from apps.ledger.services import verification
from apps.messaging.dispatching import answers, leases, rounds, sql
from apps.messaging.dispatching.loading import load
from apps.messaging.models import Batch, Chunk, Message, Submission
from tests.factories.messaging import ORDINARY, ConnectorFactory, RouteFactory, queue
from tests.racing import race


def hand_over(opened):
    return rounds.hand_over(opened, at=clock.now())


def statuses(batch):
    return list(Message.objects.filter(batch=batch).order_by("id").values_list("status", flat=True))


def run_leases_out():
    Chunk.objects.update(leased_until=clock.now() - timedelta(seconds=1))


class TestHandOver:
    def test_submits_queued_messages_and_empties_the_queue(self, opened, account, simulator):
        batch = queue(account, [ORDINARY] * 5, chunk_size=2)

        tally = hand_over(opened)

        assert (tally.taken, tally.refused, tally.open) == (5, 0, 0)
        assert statuses(batch) == ["SUBMITTED"] * 5
        assert Submission.objects.count() == 5
        assert not Chunk.objects.exists()
        assert simulator.stats()["submitted"] == 5

    def test_answers_none_when_nothing_waits(self, opened):
        assert hand_over(opened) is None

    def test_takes_many_single_sends_in_one_call(self, opened, account):
        for _ in range(20):
            queue(account)

        assert hand_over(opened).taken == 20

    def test_takes_no_more_than_the_carrier_takes_at_once(self, opened, account):
        for _ in range(3):
            queue(account, [ORDINARY] * 500)

        assert [hand_over(opened).taken for _ in range(2)] == [1000, 500]

    def test_sends_urgent_messages_first(self, opened, account):
        queue(account, [ORDINARY] * 600, chunk_size=300, priority=2)
        code = queue(account, [ORDINARY] * 500, priority=0)

        hand_over(opened)

        assert set(statuses(code)) == {"SUBMITTED"}
        assert Chunk.objects.count() == 1

    def test_leaves_what_is_not_due(self, opened, account):
        queue(account, send_at=clock.now() + timedelta(hours=1), status="SCHEDULED")

        assert hand_over(opened) is None

    def test_starts_a_scheduled_batch_when_its_time_has_come(self, opened, account):
        batch = queue(account, send_at=clock.now(), status="SCHEDULED")

        hand_over(opened)

        assert Batch.objects.get(id=batch.id).status == "QUEUED"

    def test_leaves_what_has_expired(self, opened, account):
        queue(account, expires_at=clock.now())

        assert hand_over(opened) is None

    def test_skips_messages_that_were_cancelled_meanwhile(self, opened, account, simulator):
        batch = queue(account, [ORDINARY] * 3)
        Message.objects.filter(batch=batch).update(status="CANCELLED")

        assert hand_over(opened).taken == 0
        assert not Chunk.objects.exists()
        assert simulator.stats()["submitted"] == 0


class TestComposedText:
    @pytest.mark.parametrize(
        ("position", "shown"),
        [("FRONT", "【青禾软件】您的订单已发货。"), ("END", "您的订单已发货。【青禾软件】")],
    )
    def test_has_the_signature_where_the_route_wants_it(
        self, opened, route, account, simulator, position, shown
    ):
        route.signature_position = position
        route.save()
        batch = queue(account)

        hand_over(opened)

        assert simulator.seen(batch.first_message_id)[0]["text"] == shown

    def test_is_personal_where_the_message_has_its_own(self, opened, account, simulator):
        batch = queue(account, [ORDINARY] * 2, personal=["王芳您好", None])

        hand_over(opened)

        texts = {seen["text"] for seen in simulator.seen(*_ids(batch))}
        assert texts == {"【青禾软件】王芳您好", "【青禾软件】您的订单已发货。"}


class TestRefusal:
    @pytest.mark.parametrize(
        ("rule", "available"), [("never", 0), ("on_reject", 1), ("on_failure", 1)]
    )
    def test_is_refunded_where_the_rule_says(self, opened, account, rule, available):
        batch = queue(account, [ORDINARY, "13800130005"], refund_rule=rule)

        tally = hand_over(opened)

        assert tally.refused == 1
        assert statuses(batch) == ["SUBMITTED", "REJECTED"]
        assert Balance.objects.get().available == available

    def test_keeps_the_carriers_code(self, opened, account):
        batch = queue(account, ["13800130005"])

        hand_over(opened)

        message = Message.objects.get(batch=batch)
        assert message.carrier_code == "BLACKLIST"
        assert message.finished_at is not None

    def test_writes_one_entry_for_each_batch(self, opened, account):
        batches = [queue(account, ["13800130005"] * 3) for _ in range(2)]

        hand_over(opened)

        refunds = LedgerEntry.objects.filter(kind="REFUND").order_by("sequence")
        assert {entry.about_id for entry in refunds} == {batch.id.hex for batch in batches}
        assert [entry.available_after for entry in refunds] == [3, 6]
        assert verification.verify().faults == ()

    def test_gives_nothing_back_for_a_test_batch(self, open_as_thread, route, account):
        queue(account)  # so that the account has spent something
        test_route = RouteFactory(connector=route.connector, is_test=True)
        queue(account, ["13800130005"], is_test=True)

        assert hand_over(open_as_thread(test_route)).refused == 1
        assert Balance.objects.get().available == 0


class TestRouting:
    def test_never_sends_a_test_message_over_a_live_route(self, opened, account):
        queue(account, is_test=True)

        assert hand_over(opened) is None

    def test_falls_back_to_the_whole_network_route(self, open_as_thread, route, account):
        whole_network = RouteFactory(operator="OTHER", connector=route.connector)
        queue(account, operator="TELECOM")

        assert hand_over(open_as_thread(whole_network)).taken == 1
        assert Chunk.objects.count() == 0

    def test_leaves_messages_of_a_disabled_connector_to_the_next_route(
        self, opened, route, account, simulator, open_as_thread
    ):
        spare = RouteFactory(connector=ConnectorFactory(url=simulator.url))
        route.connector.is_enabled = False
        route.connector.save()
        queue(account)

        assert hand_over(opened) is None
        assert hand_over(open_as_thread(spare)).taken == 1


class TestTemporaryFailure:
    def test_lets_the_chunk_wait_and_sends_it_later(self, opened, account, simulator):
        batch = queue(account)
        simulator.fail("busy")

        with pytest.raises(CarrierError):
            hand_over(opened)

        assert hand_over(opened) is None
        assert Chunk.objects.get().due_at > clock.now()
        Chunk.objects.update(due_at=clock.now())
        assert hand_over(opened).taken == 1
        assert statuses(batch) == ["SUBMITTED"]

    def test_goes_over_to_the_next_route_after_three_attempts(
        self, opened, account, simulator, open_as_thread
    ):
        spare = RouteFactory(connector=ConnectorFactory(url=simulator.url))
        queue(account)
        simulator.fail("busy", 3)
        for _ in range(3):
            Chunk.objects.update(due_at=clock.now())
            with pytest.raises(CarrierError):
                hand_over(opened)

        assert hand_over(opened) is None
        assert hand_over(open_as_thread(spare)).taken == 1

    def test_comes_back_to_the_first_route_from_the_last(self, opened, route, account, simulator):
        queue(account)
        simulator.fail("busy", 3)
        for _ in range(3):
            Chunk.objects.update(due_at=clock.now())
            with pytest.raises(CarrierError):
                hand_over(opened)

        Chunk.objects.update(due_at=clock.now())
        assert hand_over(opened).taken == 1


class TestPermanentFailure:
    def test_goes_over_to_the_next_route_at_once(self, opened, account, simulator, open_as_thread):
        spare = RouteFactory(connector=ConnectorFactory(url=simulator.url))
        queue(account)
        simulator.fail("denied")

        with pytest.raises(CarrierError):
            hand_over(opened)

        assert hand_over(open_as_thread(spare)).taken == 1

    @pytest.mark.parametrize("rule", ["never", "on_failure"])
    def test_of_the_last_route_rejects_and_gives_all_back(self, opened, account, simulator, rule):
        batch = queue(account, [ORDINARY] * 3, refund_rule=rule)
        simulator.fail("denied")

        with pytest.raises(CarrierError):
            hand_over(opened)

        assert statuses(batch) == ["REJECTED"] * 3
        assert Balance.objects.get().available == 3
        assert not Chunk.objects.exists()


class TestCrashWindow:
    def test_after_a_lost_answer_nothing_is_sent_again(self, opened, account, simulator):
        batch = queue(account, [ORDINARY] * 3)
        simulator.fail("lost_answer")
        with pytest.raises(CarrierError):
            hand_over(opened)

        assert hand_over(opened) is None
        run_leases_out()
        assert hand_over(opened) is None
        assert rounds.reconcile(opened, at=clock.now()).taken == 3

        assert statuses(batch) == ["SUBMITTED"] * 3
        assert simulator.stats()["repeated"] == 0
        assert not Chunk.objects.exists()

    def test_after_a_crash_before_the_submit_everything_is_sent(self, opened, account, simulator):
        batch = queue(account, [ORDINARY] * 3)
        leases.claim(opened)
        run_leases_out()

        assert rounds.reconcile(opened, at=clock.now()).open == 3
        assert hand_over(opened).taken == 3

        assert statuses(batch) == ["SUBMITTED"] * 3
        assert simulator.stats() == {
            "submitted": 3, "refused": 0, "repeated": 0, "receipts": 3
        }  # fmt: skip

    def test_sends_only_those_that_the_carrier_does_not_have(self, opened, account, simulator):
        queue(account, [ORDINARY, "13800130005", ORDINARY, ORDINARY])
        claim = load(leases.claim(opened))
        opened.carrier.submit(claim.messages[:2])
        run_leases_out()

        tally = rounds.reconcile(opened, at=clock.now())
        assert (tally.taken, tally.refused, tally.open) == (1, 1, 2)
        assert hand_over(opened).taken == 2

        assert simulator.stats()["repeated"] == 0
        assert Balance.objects.get().available == 1

    def test_asks_about_no_more_than_one_round_at_a_time(self, opened, account):
        queue(account, [ORDINARY] * 1500)
        for _ in range(2):
            leases.claim(opened)
        run_leases_out()

        tallies = [rounds.reconcile(opened, at=clock.now()) for _ in range(3)]

        assert [tally and tally.open for tally in tallies] == [1000, 500, None]

    def test_leaves_a_lease_that_still_runs(self, opened, account):
        queue(account)
        leases.claim(opened)

        assert rounds.reconcile(opened, at=clock.now()) is None

    def test_asks_again_when_the_carrier_cannot_be_asked(self, route, open_as_thread, account):
        queue(account)
        absent = RouteFactory(connector=ConnectorFactory(), operator="UNICOM")
        Chunk.objects.update(
            route=absent, leased_by="dead", leased_until=clock.now() - timedelta(seconds=1)
        )

        with pytest.raises(CarrierError):
            rounds.reconcile(open_as_thread(absent), at=clock.now())

        assert Chunk.objects.get().leased_until > clock.now()

    def test_records_what_a_slow_worker_brings_after_it_lost_its_lease(
        self, opened, route, account, open_as_thread
    ):
        batch = queue(account, [ORDINARY] * 2)
        claim = load(leases.claim(opened))
        brought = opened.carrier.submit(claim.messages)
        run_leases_out()
        rounds.reconcile(open_as_thread(route, worker="tests/2"), at=clock.now())

        answers.record(opened, claim, brought, at=clock.now())

        assert statuses(batch) == ["SUBMITTED"] * 2
        assert Submission.objects.count() == 2


class TestRecord:
    def test_keeps_unanswered_messages_under_lease(self, opened, account):
        batch = queue(account, [ORDINARY] * 2)
        claim = load(leases.claim(opened))

        tally = answers.record(
            opened, claim, opened.carrier.submit(claim.messages[:1]), at=clock.now()
        )

        assert (tally.taken, tally.open) == (1, 1)
        assert statuses(batch) == ["SUBMITTED", "QUEUED"]
        assert Chunk.objects.get().leased_until is not None

    def test_does_not_let_one_bad_chunk_hold_up_the_others(self, opened, account, caplog):
        good, bad = queue(account), queue(account)
        claim = load(leases.claim(opened))
        brought = [
            Answer(ref, "x" * 65 if ref == bad.first_message_id else "1", "")
            for ref, *_ in claim.messages
        ]

        answers.record(opened, claim, brought, at=clock.now())

        assert statuses(good) == ["SUBMITTED"]
        assert statuses(bad) == ["QUEUED"]
        assert "answers_not_recorded" in caplog.text

    def test_gives_a_recycled_carrier_id_to_the_newer_message(self, opened, account):
        first, second = queue(account), queue(account)
        claim = load(leases.claim(opened))
        brought = {m.reference: Answer(m.reference, "7") for m in claim.messages}
        for batch in (first, second):
            answers.record(opened, claim, [brought[batch.first_message_id]], at=clock.now())

        assert Submission.objects.get().message_id == second.first_message_id


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def test_claim_each_message_once(self, route, account, simulator, open_as_thread):
        for _ in range(40):
            queue(account, [ORDINARY] * 25)
        all_opened = [open_as_thread(route, worker=f"tests/{n}") for n in range(3)]

        def work_off(opened):
            total = 0
            while (tally := hand_over(opened)) is not None:
                total += tally.taken
            return total

        assert sum(race(*[lambda opened=opened: work_off(opened) for opened in all_opened])) == 1000
        assert simulator.stats()["submitted"] == 1000
        assert simulator.stats()["repeated"] == 0

    def test_reconcile_each_chunk_once(self, route, account, simulator, open_as_thread):
        for _ in range(10):
            queue(account)
        leases.claim(open_as_thread(route))
        run_leases_out()
        all_opened = [open_as_thread(route, worker=f"tests/{n}") for n in range(2)]

        tallies = race(
            *[
                lambda opened=opened: rounds.reconcile(opened, at=clock.now())
                for opened in all_opened
            ]
        )

        assert sum(tally.open for tally in tallies if tally) == 10


class TestPlan:
    def test_reads_a_range_of_messages_by_its_key(self, account):
        batch = queue(account, [ORDINARY] * 10)
        chunk = Chunk.objects.get()
        parameters = {
            "accounts": [account.pk],
            "firsts": [chunk.id],
            "lasts": [chunk.id],
            "batches": [batch.id],
        }
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = execute("EXPLAIN " + sql.QUEUED_MESSAGES, parameters).fetchall()

        assert "account_id = wanted.account_id" in str(plan)
        assert "Index Cond" in str(plan)


def _ids(batch):
    return Message.objects.filter(batch=batch).values_list("id", flat=True)
