"""How the embedded server is set up.

Written anew at every start, so a change here reaches clusters that exist. What one installation
wants otherwise belongs in `ALTER SYSTEM`, which is kept in another file and wins.
"""

from pathlib import Path

PORT = "5432"  # only names the socket: there is no TCP port

INITDB_OPTIONS = (
    "--username=postgres",  # the superuser, for maintenance; the application has its own role
    "--auth=trust",  # the 0700 directory of the socket decides who connects
    "--encoding=UTF8",
    "--locale=C",
    # Sorts by code point, the same on every machine and after every system upgrade, yet
    # knows upper and lower case beyond ASCII.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
)

SETTINGS = {
    # A confirmed commit survives a power cut. These are the defaults, stated: money depends on them.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # Reachable through the socket alone.
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    # Web workers, task workers and parallel tests at once; an idle one costs about 2 MB.
    "max_connections": "200",
    # Holds the hot tables and fits beside everything else on a small machine.
    "shared_buffers": "256MB",
    # Today's disks read at random nearly as fast as in order; the default is for spinning ones.
    "random_page_cost": "1.1",
    # Long runs of sending write much WAL: fewer forced checkpoints, hence fewer full pages.
    "max_wal_size": "4GB",
    "wal_compression": "on",
    # Short queries by key: compiling them costs more than it saves.
    "jit": "off",
    # Message and task rows change often; clean up after 2 % rather than 20 %, and look each 15 s.
    "autovacuum": "on",
    "autovacuum_naptime": "15s",
    "autovacuum_vacuum_scale_factor": "0.02",
    "autovacuum_analyze_scale_factor": "0.02",
    "autovacuum_vacuum_insert_scale_factor": "0.05",
    "autovacuum_vacuum_cost_limit": "2000",
    # Moments are stored and logged in UTC; pages turn them into local time.
    "timezone": "UTC",
    "log_timezone": "UTC",
    "datestyle": "iso, ymd",
    "log_line_prefix": "%m [%p] %d ",
    "log_checkpoints": "off",  # the log is rotated at a start only, so keep it short
}


def render(socket_dir: Path) -> str:
    """Return the text of postgresql.conf."""
    in_list = str(socket_dir).replace('"', '""')
    settings = SETTINGS | {"unix_socket_directories": f'"{in_list}"'}
    lines = [f"{name} = '{_quoted(value)}'" for name, value in settings.items()]
    return "\n".join(["# Rewritten at every start: use ALTER SYSTEM.", *lines, ""])


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
