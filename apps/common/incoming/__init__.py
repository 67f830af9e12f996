"""Bodies of requests as they come in: a slow one holds a thread, so only some are waited for at once.

The server gives a request to a thread once its head is there; the thread then waits for the body,
and nothing can end that wait before the client does. So whoever sends slowly holds a thread, and a
few dozen would hold them all. Here most threads cannot be had that way (`seats`); who finds no seat
is told to send again. A large body that nobody wants is taken off the line, so that the answer
arrives (`bodies`). Behind a proxy that collects bodies, as the README shows one, nothing of this is
ever felt.
"""

from apps.common.incoming.bodies import BESIDE_THE_FILE, Body, bounded, is_incomplete, trust
from apps.common.incoming.seats import IncompleteError

__all__ = ["BESIDE_THE_FILE", "Body", "IncompleteError", "bounded", "is_incomplete", "trust"]
