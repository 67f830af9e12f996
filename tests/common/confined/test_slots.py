"""So many confined processes at once on a machine, whichever process asks."""

import os
import time

import pytest
from django.conf import settings as base
from django.test import override_settings

from apps.common.confined import calls, slots
from apps.common.confined.errors import FilesBusyError
from apps.common.confined.tasks import Task
from tests.common.confined.limits import every_place_taken
from tests.racing import race

TASK = Task(
    path="tests.common.confined.works.sleep",
    cpu_seconds=2,
    memory_megabytes=300,
    answer_megabytes=1,
)


@pytest.fixture(autouse=True, scope="module")
def _keeper_that_sleeps():
    with override_settings(CONFINED_TASKS={**base.CONFINED_TASKS, "sleep": TASK}):
        calls.close()
        yield
    calls.close()


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.CONFINED_ROOT = tmp_path
    settings.CONFINED_PROCESSES = 2
    settings.CONFINED_WAIT_SECONDS = 60
    settings.CONFINED_WAITING = 16


def sleep(seconds=0.1):
    found = calls.call("sleep", seconds=seconds).found
    return found["began"], found["ended"]


def most_at_once(spans):
    return max(sum(began <= moment < ended for began, ended in spans) for moment, _end in spans)


def test_never_more_work_at_once_than_there_are_places():
    spans = race(*[sleep] * 12)

    assert most_at_once(spans) == 2


def test_those_who_wait_too_long_are_told_to_come_again(settings, tmp_path):
    with every_place_taken(settings, tmp_path), pytest.raises(FilesBusyError):
        sleep()
    assert sleep()


def test_few_wait_and_the_others_are_told_at_once(settings, tmp_path):
    settings.CONFINED_WAITING = 3

    def seconds_until_told():
        began = time.monotonic()
        with pytest.raises(FilesBusyError):
            sleep()
        return time.monotonic() - began

    with every_place_taken(settings, tmp_path):
        settings.CONFINED_WAIT_SECONDS = 3
        waited = race(*[seconds_until_told] * 8)

    assert sum(seconds >= 3 for seconds in waited) == 3


def test_a_place_is_held_by_the_confined_process_itself(settings):
    settings.CONFINED_PROCESSES, settings.CONFINED_WAIT_SECONDS = 1, 0.1
    with slots.taken() as place:
        kept = os.dup(place)  # as it is handed to a confined process

    with pytest.raises(FilesBusyError), slots.taken():
        pass
    os.close(kept)
    with slots.taken():
        pass
