"""What can be asked for, and what it may take; the setting CONFINED_TASKS names all tasks.

A task takes bytes and JSON values, and returns a dictionary of JSON values and bytes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Work = Callable[..., tuple[dict[str, Any], bytes]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A piece of work, and its limits.

    Attributes:
        path: the function, as `module.name`; only the confined process imports it.
        cpu_seconds: of work.
        memory_megabytes: of addresses, among them 200 of Python and its libraries.
        answer_megabytes: of what comes back.
    """

    path: str
    cpu_seconds: int
    memory_megabytes: int
    answer_megabytes: int


def load(paths: Iterable[str]) -> dict[str, Work]:
    """Import the functions of tasks; return them by path."""
    works: dict[str, Work] = {}
    for path in paths:
        module, _dot, name = path.rpartition(".")
        works[path] = getattr(import_module(module), name)
    return works
