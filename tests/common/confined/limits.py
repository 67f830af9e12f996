"""Confined tasks held to less than usual, or to nothing at all."""

import contextlib
import fcntl
from dataclasses import replace


def hold(settings, name, **limits):
    """Let a task take only so much, such as `cpu_seconds=1`."""
    task = replace(settings.CONFINED_TASKS[name], **limits)
    settings.CONFINED_TASKS = {**settings.CONFINED_TASKS, name: task}


@contextlib.contextmanager
def every_place_taken(settings, root):
    """Hold every place, as other web processes would."""
    settings.CONFINED_ROOT, settings.CONFINED_WAIT_SECONDS = root, 0.1
    with contextlib.ExitStack() as stack:
        for number in range(settings.CONFINED_PROCESSES):
            file = stack.enter_context((root / f"place-{number}").open("w"))
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
