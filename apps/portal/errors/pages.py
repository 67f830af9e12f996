"""The page behind every error code: what happened, from the error itself, and what to do.

A test fails on a code without a cure.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from apps.common.errors import DomainError
from apps.portal.errors.cures import CURES


class _Blank(dict[str, str]):
    """Stands in for an error's data on a page about the error in general."""

    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """What a code means."""

    code: str
    cause: str
    cure: Promise | str


def explanations() -> list[Explanation]:
    """Explain every code there is, by name."""
    found = {error.code: error for error in _all_errors(DomainError)}
    return [
        Explanation(code=code, cause=str(error.message) % _Blank(), cure=CURES[code])
        for code, error in sorted(found.items())
        if code in CURES
    ]


def explanation_of(code: str) -> Explanation | None:
    """Explain one code; None when there is no such code."""
    return next((each for each in explanations() if each.code == code), None)


def _all_errors(base: type[DomainError]) -> Iterator[type[DomainError]]:
    for error in base.__subclasses__():
        yield error
        yield from _all_errors(error)
