"""Who asks for a send."""

from dataclasses import dataclass

from apps.audit.actors import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyCaller:
    """Software with an API key; whether the key is right is found out with everything else.

    Attributes:
        plain: the key as it was given.
        address: the client's, for the key's networks.
    """

    plain: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountCaller:
    """An account whose software or people the interface has recognised by itself, without a key."""

    account_id: int
    actor: Actor


Caller = KeyCaller | AccountCaller
