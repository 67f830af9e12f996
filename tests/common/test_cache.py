import time

from apps.common.cache import KEPT_SECONDS, Kept
from tests.racing import race


class Source:
    """Counts how often it is asked."""

    def __init__(self, seconds=0.0):
        self.asked, self._seconds = 0, seconds

    def __call__(self):
        time.sleep(self._seconds)
        self.asked += 1
        return self.asked


def test_a_table_is_loaded_once_while_it_is_fresh():
    kept = Kept(Source())

    assert [kept.get(), kept.get()] == [1, 1]


def test_a_table_is_loaded_anew_once_it_is_old():
    kept = Kept(Source())
    kept.get()

    kept._until -= KEPT_SECONDS

    assert kept.get() == 2


def test_a_table_is_loaded_anew_when_forgotten():
    kept = Kept(Source())
    kept.get()

    kept.forget()

    assert kept.get() == 2


def test_a_table_is_loaded_once_for_all_who_ask_at_once():
    kept = Kept(Source(seconds=0.05))

    assert race(*[kept.get] * 8) == [1] * 8
