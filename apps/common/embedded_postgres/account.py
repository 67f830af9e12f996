"""The account that the server runs as, which may not be root.

`initdb` and `postgres` refuse root. When root starts a cluster, its processes drop to the owner of
the directory; when that is root as well, to OWN_UID, which no person and no daemon has, so that
nobody else can read the data or meddle with the server. Two difficulties come with it:

- A user id without a line in /etc/passwd can run `postgres` but not `initdb`. So for root
  `initdb` runs as nobody, in a directory that only the server's account can enter, and its
  files change owner afterwards.
- The project may lie below a directory closed to others, such as a 0700 home. Parents are never
  opened: the processes keep the one capability that passes them, CAP_DAC_OVERRIDE. The server
  keeps it only where it needs it, and only as OWN_UID: an ordinary user who owns the data could
  use it, through the server's configuration, to read and write everybody's files.
"""

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from apps.common.embedded_postgres.errors import EmbeddedPostgresError

# Between Debian's on-demand ids and systemd's dynamic ones (61184 and up), and low enough for
# containers, which often map 65 536 ids.
OWN_UID = 60_932
ROOT_UID = 0
PASS_CLOSED_PARENTS = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")


@dataclass(frozen=True)
class Account:
    """A user and a group; the processes and the files of one cluster are theirs."""

    uid: int
    gid: int

    def own(self, path: Path, *, mode: int | None = None) -> None:
        """Make the account the owner of a file or directory that the caller has just made."""
        if is_root():
            os.chown(path, self.uid, self.gid, follow_symlinks=False)
        if mode is not None:
            path.chmod(mode)

    def own_tree(self, top: Path) -> None:
        """Make the account the owner of a whole directory; only root needs to."""
        if is_root():
            for path in (top, *top.rglob("*")):
                self.own(path)

    def prefix(self) -> list[str]:
        """Return the words before a command that make it run as this account."""
        if not is_root():
            return []
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise EmbeddedPostgresError(
                "PostgreSQL refuses to run as root, and setpriv (util-linux), which would start "
                "it as another user, is missing: install it, run as an ordinary user, "
                "or set DATABASE_URL."
            )
        return [setpriv, f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]

    def prefix_past_closed_parents(self) -> list[str]:
        """Return `prefix()`, for root with the right to pass directories closed to others."""
        return [*self.prefix(), *PASS_CLOSED_PARENTS] if is_root() else []


def is_root() -> bool:
    """Tell whether this process is root, as whom PostgreSQL refuses to run."""
    return os.geteuid() == ROOT_UID


def of_cluster(root: Path) -> Account:
    """Return the account for the cluster at `root`, the same before and after its first start."""
    if not is_root():
        return Account(os.geteuid(), os.getegid())
    owner = _owner_of(root)
    if owner.uid == ROOT_UID:  # just made, not handed over yet
        owner = _owner_of(root.parent)
    return Account(OWN_UID, OWN_UID) if owner.uid == ROOT_UID else owner


def with_a_name() -> Account:
    """Return an account that `initdb` accepts: one that /etc/passwd knows."""
    if not is_root():
        return Account(os.geteuid(), os.getegid())
    known = {entry.pw_name: entry for entry in pwd.getpwall() if entry.pw_uid != ROOT_UID}
    if not known:
        raise EmbeddedPostgresError(
            "initdb refuses root, and /etc/passwd knows no other user: add one, "
            "or set DATABASE_URL."
        )
    entry = known.get("nobody") or next(iter(known.values()))
    return Account(entry.pw_uid, entry.pw_gid)


def _owner_of(path: Path) -> Account:
    existing = next(place for place in (path, *path.parents) if place.exists())
    status = existing.stat()
    return Account(status.st_uid, status.st_gid)
