"""How many bodies are waited for at once."""

import threading

import pytest

from apps.common.incoming.seats import IncompleteError, Seats


def test_who_finds_none_is_told_so_and_soon():
    seats = Seats(most=2, each=2, seconds=0.1)
    seats.take("a")
    seats.take("b")

    with pytest.raises(IncompleteError):
        seats.take("c")


def test_one_sender_does_not_take_all():
    seats = Seats(most=4, each=2, seconds=0.1)
    seats.take("a")
    seats.take("a")

    with pytest.raises(IncompleteError):
        seats.take("a")
    seats.take("b")


def test_who_leaves_makes_room():
    seats = Seats(most=1, each=1, seconds=5)
    seats.take("a")
    threading.Timer(0.1, seats.leave, ["a"]).start()

    seats.take("b")

    seats.leave("b")
    seats.take("a")
