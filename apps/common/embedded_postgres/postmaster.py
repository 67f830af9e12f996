"""What postmaster.pid says, and what to do when a killed server has left it behind.

PostgreSQL starts beside such a file only if no process has the id in it, but ids are given out
anew: after the restart of a container, often to one of our own. So the id is replaced. The file
stays, since the shared memory key in it lets PostgreSQL notice a server that still uses the data.
"""

from pathlib import Path

NOBODYS_PID = 2**31 - 1  # above every system's largest process id


def is_ready(data_dir: Path) -> bool:
    """Tell whether the server wrote that it accepts connections."""
    lines = _lines(data_dir)
    return bool(lines) and lines[-1].strip() == "ready"


def is_here(data_dir: Path) -> bool:
    """Tell whether the process with the id is a PostgreSQL, and so may be sent a signal.

    It is another one when the server was killed, or runs in another container on the same files.
    """
    lines = _lines(data_dir)
    if not lines or not Path("/proc/self/cmdline").exists():
        return bool(lines)  # not Linux: take the file at its word
    try:
        command = Path(f"/proc/{lines[0]}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return command.partition(b"\0")[0].endswith(b"postgres")


def forget(data_dir: Path, socket: Path) -> None:
    """Clear what a killed server left; only for the holder of both locks."""
    lines = _lines(data_dir)
    if lines and lines[0].isdigit():
        _file(data_dir).write_text("\n".join([str(NOBODYS_PID), *lines[1:], ""]))
    else:
        _file(data_dir).unlink(missing_ok=True)  # cut short by a full disk or a power cut
    socket.with_name(f"{socket.name}.lock").unlink(missing_ok=True)


def _file(data_dir: Path) -> Path:
    return data_dir / "postmaster.pid"


def _lines(data_dir: Path) -> list[str]:
    try:
        return _file(data_dir).read_text().splitlines()
    except FileNotFoundError:
        return []
