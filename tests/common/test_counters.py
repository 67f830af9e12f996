"""Limits are exact however many ask at once, and free again by the database's clock."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import translation

from apps.common import counters
from apps.common.counters import Limit, TooManyAttemptsError
from apps.common.models import Counter
from tests.racing import race

FEW = Limit("tests.few", most=5, seconds=600)
MORE = Limit("tests.more", most=8, seconds=600)


def pass_time(seconds):
    """Let time pass for all counters."""
    Counter.objects.update(free_at=F("free_at") - timedelta(seconds=seconds))


def taken(*shares, attempts):
    """Return how many of the attempts were let through."""
    through = 0
    for _attempt in range(attempts):
        try:
            counters.take(shares)
        except TooManyAttemptsError:
            continue
        through += 1
    return through


@pytest.mark.django_db
class TestTake:
    def test_lets_the_limit_through_and_no_more(self):
        assert taken(FEW.of("a"), attempts=12) == 5

    def test_counts_each_subject_by_itself(self):
        assert taken(FEW.of("a", "b"), attempts=6) == 5
        assert taken(FEW.of("ab"), attempts=6) == 5
        assert taken(FEW.of("a", "c"), attempts=6) == 5

    def test_says_how_long_to_wait(self):
        taken(FEW.of("a"), attempts=5)

        with pytest.raises(TooManyAttemptsError) as caught:
            counters.take([FEW.of("a")])

        assert 115 < caught.value.data["retry_after_seconds"] <= 120
        assert "2" in str(caught.value)

    def test_lets_one_more_through_after_each_step(self):
        taken(FEW.of("a"), attempts=5)

        pass_time(121)
        assert taken(FEW.of("a"), attempts=3) == 1
        pass_time(600)
        assert taken(FEW.of("a"), attempts=12) == 5

    def test_what_is_refused_by_one_uses_nothing_of_the_others(self):
        taken(FEW.of("a"), attempts=5)

        assert taken(FEW.of("a"), MORE.of("b"), attempts=9) == 0
        assert taken(MORE.of("b"), attempts=9) == 8

    def test_stores_no_name(self):
        counters.take([FEW.of("hunter2")])

        assert "hunter2" not in Counter.objects.get().key


@pytest.mark.django_db
class TestGiveBack:
    def test_frees_what_was_taken(self):
        taken(FEW.of("a"), attempts=5)

        counters.give_back([FEW.of("a")])

        assert taken(FEW.of("a"), attempts=3) == 1


@pytest.mark.django_db
class TestForgetFree:
    def test_deletes_what_is_free_and_nothing_else(self):
        taken(FEW.of("a"), attempts=1)
        pass_time(121)
        taken(FEW.of("b"), attempts=1)

        assert counters.forget_free() == 1
        assert Counter.objects.get().key == FEW.of("b").key


@pytest.mark.django_db(transaction=True)
class TestTogether:
    def test_thirty_two_at_once_get_no_more_than_the_limit(self):
        answers = race(*[lambda: counters.take([FEW.of("a"), MORE.of("b")])] * 32)

        assert answers.count(None) == 5
        assert {type(answer) for answer in answers} == {type(None), TooManyAttemptsError}

    def test_takers_of_the_same_rows_in_any_order_never_block_each_other(self):
        wide = Limit("tests.wide", most=1000, seconds=60)
        forth = [wide.of(name) for name in "abcd"]

        answers = race(*[lambda: counters.take(forth), lambda: counters.take(forth[::-1])] * 8)

        assert answers == [None] * 16


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(1, "1 second"), (60, "60 seconds"), (61, "2 minutes"), (3600, "60 minutes")],
)
def test_the_wait_is_shown_in_seconds_or_minutes(seconds, shown):
    with translation.override("en"):
        assert counters.shown_wait(seconds) == shown
