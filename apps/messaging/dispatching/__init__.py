"""Handing queued messages to carriers: claimed under lease, submitted, answers recorded.

dispatching.hand_over(...)             one round of due messages to one connector
dispatching.reconcile(...)             ask a carrier what became of a lost round
dispatching.expire_due(...)            what was not handed over in time
dispatching.give_up_unreconciled(...)  what no carrier could be asked about for 72 hours
"""

from apps.messaging.dispatching.claims import OpenConnector
from apps.messaging.dispatching.expiry import expire_due, give_up_unreconciled
from apps.messaging.dispatching.rounds import hand_over, reconcile

__all__ = ["OpenConnector", "expire_due", "give_up_unreconciled", "hand_over", "reconcile"]
