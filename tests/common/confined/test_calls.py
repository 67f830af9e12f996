"""Work on strangers' bytes is done elsewhere, within limits, by a process that knows nothing."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from django.conf import settings as base
from django.test import override_settings

from apps.common.confined import calls
from apps.common.confined.errors import WorkFailedError, WorkRaisedError, WorkUnavailableError
from apps.common.confined.tasks import Task
from tests.common.confined.limits import hold
from tests.common.uploads import images, pdfs

WORKS = ["grow", "spin", "sleep", "say", "write", "open_many", "fail", "be_killed"]
TASKS = {
    name: Task(
        path=f"tests.common.confined.works.{name}",
        cpu_seconds=2,
        memory_megabytes=300,
        answer_megabytes=2,
    )
    for name in WORKS
}
ASKS_FOREVER = """
import django; django.setup()
from apps.common.confined import calls
calls._started()
print(calls._keeper.process.pid, flush=True)
calls.call("sleep", seconds=50)
"""


@pytest.fixture(autouse=True, scope="module")
def _keeper_that_knows_more():
    with override_settings(CONFINED_TASKS={**base.CONFINED_TASKS, **TASKS}):
        calls.close()
        yield
    calls.close()


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.CONFINED_ROOT = tmp_path
    settings.CONFINED_WAIT_SECONDS = 60


def keeper_pid():
    return calls._keeper.process.pid


def clean(sent=images.PNG):
    return calls.call("clean", sent)


def children_of(pid):
    return [each.pid for each in psutil.Process(pid).children()]


def eventually(holds):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.02)
    return False


class TestKeeper:
    def test_does_the_work_in_another_process(self):
        assert clean().found == {"content_type": "image/png", "page_count": 1}
        assert keeper_pid() != os.getpid()

    def test_is_one_process_for_all_calls(self):
        clean()
        before = keeper_pid()
        clean()

        assert keeper_pid() == before

    def test_is_replaced_when_it_was_killed(self):
        clean()
        os.kill(keeper_pid(), signal.SIGKILL)
        calls._keeper.process.wait()

        assert clean().found["page_count"] == 1

    def test_is_told_nothing_of_the_environment(self, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgres://portal:secret@db/portal")
        calls.close()
        clean()

        environment = Path(f"/proc/{keeper_pid()}/environ").read_bytes()

        assert b"secret" not in environment
        assert b"DJANGO" not in environment

    def test_works_for_many_threads_at_once(self):
        found = []
        threads = [
            threading.Thread(target=lambda: found.append(clean().found["page_count"]))
            for _each in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert found == [1] * 8


class TestLimits:
    @pytest.mark.parametrize("name", ["grow", "spin", "be_killed"])
    def test_end_what_takes_too_much_and_nothing_else(self, settings, name):
        hold(settings, name, cpu_seconds=1)
        clean()
        before = keeper_pid()

        with pytest.raises(WorkFailedError) as failure:
            calls.call(name)

        assert not isinstance(failure.value, WorkRaisedError)
        assert clean().found["page_count"] == 1
        assert keeper_pid() == before

    def test_end_a_page_that_would_be_drawn_for_years(self, settings):
        hold(settings, "draw_page", cpu_seconds=1)
        page = {"content_type": "application/pdf", "number": 1, "width": 100, "height": 100}

        with pytest.raises(WorkFailedError):
            calls.call("draw_page", pdfs.never_drawn(), **page)

    @pytest.mark.parametrize("name", ["write", "open_many"])
    def test_let_it_open_few_files_and_write_none(self, name):
        with pytest.raises(WorkRaisedError, match="OSError"):
            calls.call(name)

    def test_let_no_answer_be_larger_than_its_task_may_give(self):
        assert len(calls.call("say", megabytes=2).content) == 2 * 1024 * 1024
        with pytest.raises(WorkFailedError):
            calls.call("say", megabytes=3)


class TestFaultsOfOurs:
    def test_are_told_with_where_they_are(self):
        with pytest.raises(WorkRaisedError, match="LookupError") as failure:
            calls.call("fail")

        assert "works.py" in failure.value.trace
        assert "nothing here" in failure.value.trace

    def test_are_not_told_as_faults_of_the_file_when_no_process_starts(self, monkeypatch):
        calls.close()
        monkeypatch.setattr(calls, "PROJECT_DIR", Path("/nowhere"))

        with pytest.raises(WorkUnavailableError):
            clean()

    def test_are_not_told_as_faults_of_the_file_when_a_parser_cannot_be_loaded(self, settings):
        calls.close()
        hold(settings, "clean", path="apps.common.uploads.missing.clean")

        with pytest.raises(WorkUnavailableError):
            clean()

    def test_are_not_told_as_faults_of_the_file_when_no_place_can_be_opened(self, settings):
        settings.CONFINED_ROOT = "/dev/null/places"

        with pytest.raises(WorkUnavailableError):
            clean()

    def test_are_not_told_as_faults_of_the_file_when_the_keeper_is_killed_at_work(self):
        clean()
        pid = keeper_pid()
        killer = threading.Thread(
            target=lambda: eventually(lambda: children_of(pid)) and os.kill(pid, signal.SIGKILL)
        )
        killer.start()

        with pytest.raises(WorkUnavailableError):
            calls.call("sleep", seconds=50)
        killer.join()


def test_a_killed_web_process_leaves_nobody_behind(tmp_path):
    script = (
        "from django.conf import settings\n"
        f"settings.CONFINED_ROOT = {str(tmp_path)!r}\n"
        "from apps.common.confined.tasks import Task\n"
        "settings.CONFINED_TASKS = {'sleep': Task(path='tests.common.confined.works.sleep', "
        "cpu_seconds=2, memory_megabytes=300, answer_megabytes=2)}\n" + ASKS_FOREVER
    )
    web = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with web:
        keeper = int(web.stdout.readline())
        assert eventually(lambda: children_of(keeper))
        processes = [keeper, *children_of(keeper)]
        web.kill()

    assert eventually(lambda: not any(psutil.pid_exists(pid) for pid in processes))
