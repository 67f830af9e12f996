"""Coded reasons of refusals, each with what the partner does about it.

The codes go out to partners' software and are never reused for something else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """A coded reason for a refusal, and what the partner is told to do about it."""

    code: str
    label: Promise | str
    remedy: Promise | str


class Reasons:
    """The reasons of a kind.

    Attributes:
        offered: those that a reviewer may choose, the usual ones first.
    """

    def __init__(
        self,
        known: type[models.TextChoices],
        remedies: Mapping[Any, Promise | str],
        *,
        offered: Iterable[str] | None = None,
    ) -> None:
        self._known = {
            each.value: Reason(code=each.value, label=each.label, remedy=remedies[each])
            for each in known
        }
        self.offered = tuple(self.of(known.values if offered is None else offered))

    def of(self, codes: Iterable[str]) -> list[Reason]:
        """Return the reasons behind codes, each once.

        Raises:
            KeyError: a code that the kind does not have.
        """
        return [self._known[str(code)] for code in dict.fromkeys(codes)]

    def labels(self, codes: Iterable[str]) -> list[str]:
        """Return the reasons' names in the reader's language."""
        return [str(each.label) for each in self.of(codes)]

    def remedies(self, codes: Iterable[str]) -> list[str]:
        """Return what to do about the reasons, in the reader's language."""
        return [str(each.remedy) for each in self.of(codes)]
