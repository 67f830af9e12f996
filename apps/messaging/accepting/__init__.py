"""Accepting a send: one call, whoever asks.

    accepting.check(caller, at=…)            a key, before its request is read
    accepting.accept(caller, request, at=…)  checked, composed, charged and stored, or refused

A caller is software with an API key, or an account that the interface has recognised by itself.
"""

from apps.messaging.accepting.acceptance import accept, check, check_again
from apps.messaging.accepting.callers import AccountCaller, KeyCaller
from apps.messaging.accepting.sends import Request
from apps.messaging.accepting.storing import hang_up

__all__ = [
    "AccountCaller",
    "KeyCaller",
    "Request",
    "accept",
    "check",
    "check_again",
    "hang_up",
]
