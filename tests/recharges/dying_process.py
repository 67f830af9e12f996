"""Steps of finance in a process that is killed after so many statements to the database.

The process loads the product once and then forks a child for every attempt, so that each step can
be cut at each of its statements in a second. The child kills itself as the kernel would (SIGKILL):
nothing of Python runs afterwards, and the server finds the connection gone.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import django
from django.db import connection

KILLED, DONE, FAILED = "killed", "done", "failed"


class DyingProcess:
    """The process, seen from the test."""

    def __init__(self, log: Path, *, database_url: str) -> None:
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.recharges.dying_process"],
                env=os.environ
                | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._log = log

    def run(self, step: str, *, kill_after: int, **fields: Any) -> str:
        """Run a step and kill it after so many statements; return how it ended."""
        assert self._process.stdin
        assert self._process.stdout
        order = {"step": step, "kill_after": kill_after, "fields": fields}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        assert answer in {KILLED, DONE}, f"{answer} {self._log.read_text()}"
        return answer

    def stop(self) -> None:
        """End it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


class _KillAfter:
    def __init__(self, count: int) -> None:
        self._left = count

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        result = execute(sql, params, many, context)
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def _child(order: dict[str, Any]) -> None:
    with connection.execute_wrapper(_KillAfter(order["kill_after"])):
        importlib.import_module("tests.recharges.steps").take(order["step"], **order["fields"])
    connection.close()


def _run(order: dict[str, Any]) -> None:
    try:
        _child(order)
    except BaseException as error:  # noqa: BLE001 - the child of a fork ends here, whatever it was
        sys.stderr.write(f"{error!r}\n")
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def main() -> None:
    django.setup()
    importlib.import_module("tests.recharges.steps")
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _run(json.loads(line))
        _pid, status = os.waitpid(pid, 0)
        ended = FAILED if os.waitstatus_to_exitcode(status) > 0 else DONE
        sys.stdout.write(f"{KILLED if os.WIFSIGNALED(status) else ended}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
