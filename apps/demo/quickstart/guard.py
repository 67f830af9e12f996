"""Ends process groups when the process that holds the other end of its standard input is gone.

Run as a script, with no import beyond the standard library: it starts at once and costs little.
Lines on standard input: `+123` watches the group 123, `-123` no longer.
"""

import contextlib
import os
import signal
import sys


def main() -> None:
    """Wait for the end of the input, which the kernel closes however its writer ended."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        sign, group = line[0], int(line[1:])
        (groups.add if sign == "+" else groups.discard)(group)
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
