"""Who does something: a person at a page, a partner's software with a key, or the system."""

from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who acted, as it stands in every history row.

    Attributes:
        kind: `user`, `key` or `system`.
        id: the user's or key's id; None for the system.
        label: the name a reader recognises.
        relaxed: the relaxed separations that the person's role approves by; kept with what it does.
    """

    kind: str
    label: str
    id: int | None = None
    relaxed: tuple[str, ...] = ()

    @classmethod
    def user(cls, user_id: int, label: str, *, relaxed: tuple[str, ...] = ()) -> Self:
        """Name a person who is signed in."""
        return cls(kind="user", id=user_id, label=label, relaxed=relaxed)

    @property
    def user_id(self) -> int | None:
        """Return the id of the person who acts; None for a key or the system."""
        return self.id if self.kind == "user" else None

    def is_same_person(self, user_id: int | None) -> bool:
        """Tell whether this actor is the person with that user id."""
        return user_id is not None and self.user_id == user_id


SYSTEM = Actor(kind="system", label="system")


def actor_of(request: HttpRequest) -> Actor:
    """Return the person at the page as the actor of an act; only signed-in people get here."""
    actor: Actor = request.user.as_actor()  # type: ignore[union-attr]
    return actor
