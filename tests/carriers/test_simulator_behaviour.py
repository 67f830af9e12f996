"""What the simulator does with its test numbers, and that its file outlives it."""

import time

import httpx
import pytest

from apps.carriers.simulator.behaviour import fate_of
from apps.carriers.simulator.store import Store


def take(store, *numbers):
    rows = [
        (f"r{n}", number, "【青禾软件】好", "", fate_of(number, late_seconds=0.2))
        for n, number in enumerate(numbers)
    ]
    return store.take(rows)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "simulator.db")
    yield store
    store.close()


class TestFate:
    @pytest.mark.parametrize(
        ("number", "outcome", "receipts"),
        [
            ("13800130000", "DELIVERED", 1),
            ("13800130001", "UNDELIVERED", 1),
            ("13800130002", "DELIVERED", 0),
            ("13800130003", "DELIVERED", 1),
            ("13800130004", "DELIVERED", 3),
            ("13800130005", "DELIVERED", 0),
            ("13800130006", "DELIVERED", 1),
            ("13800137777", "DELIVERED", 1),
        ],
    )
    def test_follows_the_last_four_digits(self, number, outcome, receipts):
        fate = fate_of(number, late_seconds=30)

        assert (fate.outcome, len(fate.delays)) == (outcome, receipts)

    def test_refuses_0005(self):
        assert fate_of("13800130005", late_seconds=30).refusal

    def test_answers_back_for_0006(self):
        assert fate_of("13800130006", late_seconds=30).reply == "R"

    def test_delivers_0003_as_late_as_it_is_told(self):
        assert fate_of("13800130003", late_seconds=45).delays == (45,)


class TestStore:
    def test_shows_a_receipt_only_when_it_is_due(self, store):
        take(store, "13800130003")

        assert store.receipts_after("", 10)["receipts"] == []
        time.sleep(0.25)
        assert len(store.receipts_after("", 10)["receipts"]) == 1

    def test_never_passes_over_a_later_receipt(self, store):
        cursor, seen = "", 0
        for _ in range(50):
            take(store, "13800130000", "13800140000")
            page = store.receipts_after(cursor, 10)
            cursor, seen = page["cursor"], seen + len(page["receipts"])
        time.sleep(0.01)

        assert seen + len(store.receipts_after(cursor, 10)["receipts"]) == 100

    def test_counts_references_that_came_twice(self, store):
        take(store, "13800137777", "13800138888")
        take(store, "13800137777")

        assert store.stats()["repeated"] == 1

    def test_keeps_everything_over_a_restart(self, store, tmp_path):
        (answer,) = take(store, "13800137777")
        store.close()

        again = Store(tmp_path / "simulator.db")

        assert again.look_up(["r0"])[0]["carrier_id"] == answer["carrier_id"]
        assert take(again, "13800138888")[0]["carrier_id"] != answer["carrier_id"]
        again.close()

    def test_starts_a_foreign_cursor_from_the_beginning(self, store, tmp_path):
        other = Store(tmp_path / "other.db")
        take(other, "13800130000")
        take(store, "13800130000")
        time.sleep(0.01)
        cursor = other.receipts_after("", 10)["cursor"]

        assert len(store.receipts_after(cursor, 10)["receipts"]) == 1
        other.close()

    def test_keeps_nothing_of_a_call_with_a_bad_row(self, store):
        with pytest.raises(Exception, match="type"):
            store.take([("r", ["not a number"], "", "", fate_of("1", late_seconds=1))])

        assert take(store, "13800137777")
        assert store.stats()["submitted"] == 1


@pytest.mark.slow
class TestServer:
    @pytest.mark.parametrize("body", [b"", b"{", b"7", b"[1]", b'[{"number": 5}]', b"[{}]"])
    def test_answers_a_malformed_submit_with_400(self, simulator, body):
        answer = httpx.post(f"{simulator.url}/submit", content=body, trust_env=False)

        assert answer.status_code == 400

    def test_offers_what_a_handset_answered(self, simulator):
        message = {"reference": "a", "number": "13800130006", "text": "【青禾软件】好"}
        httpx.post(f"{simulator.url}/submit", json=[message], trust_env=False)
        time.sleep(1.1)

        inbound = httpx.get(f"{simulator.url}/inbound", trust_env=False).json()["messages"]

        assert inbound[-1]["text"] == "R"
