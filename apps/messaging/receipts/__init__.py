"""The carrier's word on messages: collected, matched, and given back for where the rule says.

receipts.collect(...)          a page from one connector, by the worker that holds it
receipts.match_early(...)      those that came before our own record of the submission
receipts.give_up_waiting(...)  messages that stayed silent for 72 hours
receipts.refund(...)           what messages give back, also those that were never handed over
"""

from apps.messaging.receipts.collecting import (
    LATE_WINDOW,
    Collected,
    collect,
    give_up_waiting,
    hold_connector,
    match_early,
)
from apps.messaging.receipts.refunds import REFUNDING, REFUNDS, refund

__all__ = [
    "LATE_WINDOW",
    "REFUNDING",
    "REFUNDS",
    "Collected",
    "collect",
    "give_up_waiting",
    "hold_connector",
    "match_early",
    "refund",
]
