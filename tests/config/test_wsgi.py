"""The web server's application in a process of its own, where nothing has set Django up before."""

import subprocess
import sys

from tests.messaging.worker_process import PROJECT


def test_starts_in_a_new_process():
    ran = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
