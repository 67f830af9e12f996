"""Work on strangers' bytes is done elsewhere, within limits, by a process that knows nothing."""

import os
import signal
import threading
from pathlib import Path

import pytest

from apps.common.confined import calls
from tests.common.uploads import images, pdfs


@pytest.fixture(autouse=True)
def _keeper_of_its_own():
    calls.close()
    yield
    calls.close()


def keeper_pid():
    return calls._keeper.process.pid


def clean(sent=images.PNG):
    return calls.call("clean", sent)


def test_does_the_work_in_another_process():
    assert clean().found == {"content_type": "image/png", "page_count": 1}
    assert keeper_pid() != os.getpid()


def test_keeps_one_process_for_all_calls():
    clean()
    before = keeper_pid()
    clean()

    assert keeper_pid() == before


def test_starts_another_when_it_was_killed():
    clean()
    os.kill(keeper_pid(), signal.SIGKILL)
    calls._keeper.process.wait()

    assert clean().found["page_count"] == 1


def test_tells_it_nothing_of_the_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://portal:secret@db/portal")
    clean()

    environment = Path(f"/proc/{keeper_pid()}/environ").read_bytes()

    assert b"secret" not in environment
    assert b"DJANGO" not in environment


def test_ends_work_that_goes_on_for_too_long(settings):
    settings.CONFINED_CPU_SECONDS = 1

    with pytest.raises(calls.WorkFailedError):
        calls.call(
            "draw_page",
            pdfs.never_drawn(),
            content_type="application/pdf",
            number=1,
            width=100,
            height=100,
        )


def test_says_when_work_fails():
    with pytest.raises(calls.WorkFailedError, match="PdfiumError"):
        calls.call("count_pages", b"no pdf", content_type="application/pdf")


def test_works_for_many_threads_at_once():
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


def test_says_when_no_process_can_be_started(monkeypatch):
    monkeypatch.setattr(calls, "PROJECT_DIR", Path("/nowhere"))

    with pytest.raises(calls.WorkUnavailableError):
        clean()
