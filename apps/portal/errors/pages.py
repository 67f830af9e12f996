"""The page behind every error code: what happened and what to do, both from the error itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from apps.common.errors import DomainError


class _Blank(dict[str, str]):
    """Stands in for an error's data on a page about the error in general."""

    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """What a code means."""

    code: str
    cause: str
    cure: str


def explanations() -> list[Explanation]:
    """Explain every code there is, by name."""
    found = {error.code: error for error in _all_errors(DomainError) if _is_told(error)}
    return [
        Explanation(code=code, cause=str(error.message) % _Blank(), cure=str(error.cure))
        for code, error in sorted(found.items())
    ]


def explanation_of(code: str) -> Explanation | None:
    """Explain one code; None when there is no such code."""
    return next((each for each in explanations() if each.code == code), None)


def _is_told(error: type[DomainError]) -> bool:
    """Tell a concrete error from a family, which has neither code nor text."""
    return all(hasattr(error, name) for name in ("code", "message", "cure"))


def _all_errors(base: type[DomainError]) -> Iterator[type[DomainError]]:
    for error in base.__subclasses__():
        yield error
        yield from _all_errors(error)
