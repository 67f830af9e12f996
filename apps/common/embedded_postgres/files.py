"""Where the files of a cluster are, and whose they are."""

import contextlib
import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from apps.common.embedded_postgres import account
from apps.common.embedded_postgres.account import Account
from apps.common.embedded_postgres.configuration import PORT
from apps.common.embedded_postgres.errors import EmbeddedPostgresError

MAX_SOCKET_PATH_BYTES = 103  # sun_path holds 104 on macOS, 108 on Linux, the last of them a zero


@dataclass(frozen=True)
class Files:
    """The paths of one cluster; finding them touches nothing."""

    given_root: Path

    @cached_property
    def root(self) -> Path:
        """The directory of the cluster, the same by whichever link it was given."""
        return self.given_root.resolve()

    @property
    def data_dir(self) -> Path:
        """The rows."""
        return self.root / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.root / "server.log"

    @property
    def lock(self) -> Path:
        """Held while somebody starts or stops the server."""
        return self.root / "lock"

    @property
    def server_lock(self) -> Path:
        """Held by the server's processes."""
        return self.root / "server.lock"

    @cached_property
    def socket_dir(self) -> Path:
        """The directory of the socket, in /tmp when its path in `root` would be too long.

        /tmp and not $TMPDIR, which may differ between the users of one cluster.
        """
        inside = self.root / "run"
        if len(os.fsencode(_socket_in(inside))) <= MAX_SOCKET_PATH_BYTES:
            return inside
        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return Path("/tmp") / f"postgres-{digest}"  # noqa: S108 - see check_socket_dir

    @property
    def socket(self) -> Path:
        """The socket that clients connect to."""
        return _socket_in(self.socket_dir)

    @property
    def account(self) -> Account:
        """Whom the files belong to and the server runs as."""
        return account.of_cluster(self.root)

    def check_owner(self) -> None:
        """Refuse the cluster of another user, unless we are root."""
        if account.is_root() or not self.root.exists():
            return
        owner = self.root.stat().st_uid
        if owner != os.geteuid():
            raise EmbeddedPostgresError(
                f"{self.root} belongs to user id {owner}: run as that user or as root, "
                "or set DATABASE_URL."
            )

    def check_socket_dir(self) -> None:
        """Refuse a directory that another user has put in its place, to read what we send."""
        try:
            status = self.socket_dir.lstat()
        except FileNotFoundError:
            return
        is_private = stat.S_ISDIR(status.st_mode) and not stat.S_IMODE(status.st_mode) & 0o077
        may_own = (self.account.uid, account.ROOT_UID)  # root's, until it has handed it over
        if not is_private or status.st_uid not in may_own:
            raise EmbeddedPostgresError(
                f"{self.socket_dir} is not a private directory of user id {self.account.uid}: "
                "remove it and start again."
            )

    def make_root(self) -> None:
        """Make `root`, private, and its missing parents, which stay the project owner's."""
        owner = self.account
        for parent in reversed([path for path in self.root.parents if not path.exists()]):
            parent.mkdir(exist_ok=True)
            if owner.uid != account.OWN_UID:
                owner.own(parent)
        self.root.mkdir(mode=0o700, exist_ok=True)
        owner.own(self.root, mode=0o700)

    def make_socket_dir(self) -> None:
        """Make the directory of the socket, private from its first moment."""
        with contextlib.suppress(FileExistsError):
            self.socket_dir.mkdir(mode=0o700)
        self.check_socket_dir()
        self.account.own(self.socket_dir)


def _socket_in(directory: Path) -> Path:
    return directory / f".s.PGSQL.{PORT}"
