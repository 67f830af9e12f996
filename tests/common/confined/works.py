"""Work that no honest task does, for the confined process to end."""

import os
import signal
import time
from pathlib import Path


def grow(content):
    kept = []
    while True:
        kept.append(b"x" * 1024 * 1024)


def spin(content):
    while True:
        pass


def sleep(content, *, seconds):
    began = time.monotonic()
    time.sleep(seconds)
    return {"began": began, "ended": time.monotonic()}, b""


def say(content, *, megabytes):
    return {}, b"x" * megabytes * 1024 * 1024


def write(content):
    Path(f"/tmp/confined-{os.getpid()}").write_bytes(b"x")


def open_many(content):
    kept = [open(os.devnull) for _each in range(100)]  # noqa: PTH123, SIM115
    return {"opened": len(kept)}, b""


def fail(content):
    raise LookupError("nothing here")


def be_killed(content):
    os.kill(os.getpid(), signal.SIGKILL)
