"""Texts that run as a script wherever a page trusts them, and how to see that one did.

`poison` writes them into every column that a person, a file or the REST interface fills; `run_by`
reads a page as a browser does, and names what of them became an element or an attribute.
"""

from html.parser import HTMLParser
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import DatabaseError, models, transaction

SCRIPT = (
    "\"'></title></textarea></script><xss x-data x-init=__xss=1 onclick=__xss=1 hx-on:load=__xss=1>"
    "<img src=x onerror=__xss=1><svg onload=__xss=1><script>__xss=1</script>{{__xss}}"
)
LINK = "javascript:__xss=1"
# The longest that a column takes.
PAYLOADS = (SCRIPT, "'\"><img src=x onerror=__xss=1>", "<xss onclick=a>", "<xss>")
# What the product writes itself, and reads again: names of things in the code, hashes, numbers.
OURS = {
    *("password", "legacy_password", "hashed_key", "prefix", "key", "id", "sha256", "form_sha256"),
    *("stored_sha256", "content_type", "number", "agreement_number", "order_number", "code"),
    *("event", "subject_kind", "subject_id", "consumer", "pgh_label", "actor_kind", "queue"),
    *("object_type", "object_id", "act", "about_id", "language", "leased_by", "paper", "url"),
    *("kind", "digest"),
    *("refund_rule", "carrier_id", "receipts_cursor"),
}
CODES = {"reasons", "scopes", "allowed_networks", "required_operators", "mapping", "answer"}


def fitting(length: int | None) -> str | None:
    """Return the longest payload that a column of the length takes, None for a shorter column."""
    return next((each for each in PAYLOADS if length is None or len(each) <= length), None)


def poison() -> set[str]:
    """Write payloads into every row of ours; return the columns that took one.

    What a column's own constraint refuses stays as it was: nobody else can write it either.
    """
    taken = set()
    with pgtrigger.ignore():
        for model in _ours():
            for row in model._default_manager.order_by("pk")[:4]:
                taken |= _poison_row(row)
    return taken


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("apps.")]


def _poison_row(row: models.Model) -> set[str]:
    taken = set()
    for field in row._meta.concrete_fields:
        value = _poisoned(field, row)
        if value is None:
            continue
        try:
            with transaction.atomic():
                type(row)._default_manager.filter(pk=row.pk).update(**{field.name: value})
        except DatabaseError:
            continue
        taken.add(f"{row._meta.label}.{field.name}")
    return taken


def _poisoned(field: models.Field, row: models.Model) -> Any:
    if field.name in OURS | CODES or field.choices:
        return None
    if isinstance(field, models.CharField | models.TextField):
        text = fitting(None if field.max_length is None else field.max_length - 4 * field.unique)
        return f"{text}{row.pk % 1000}" if text and field.unique else text
    if isinstance(field, models.JSONField):
        return _inside(field.value_from_object(row)) or None
    if type(field).__name__ == "ArrayField":
        return [fitting(field.base_field.max_length) for _each in field.value_from_object(row)]
    return None


def _inside(value: Any) -> Any:
    """Poison what a person wrote inside a document; names in the code are plain ASCII."""
    if isinstance(value, dict):
        return {key: _inside(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_inside(each) for each in value]
    return SCRIPT if isinstance(value, str) and not value.isascii() else value


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag in {"xss", "style"} or (tag == "script" and _is_code(names)):
            self.found.append(f"<{tag}>")
        for name, value in names.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.found.append(f"{tag} {name}")
            if name in {"href", "src", "action"} and (value or "").startswith("javascript:"):
                self.found.append(f"{tag} {name}={value}")
            if name.startswith(("x-", "@", ":", "hx-")) and "__xss" in (value or ""):
                self.found.append(f"{tag} {name}")


def _is_code(names: dict[str, str | None]) -> bool:
    return "src" not in names and names.get("type") != "application/json"


def run_by(html: str) -> list[str]:
    """Return what a browser without any policy would run of the page, or draw by inline styles.

    Our pages have no inline script, style or handler at all, so that any is somebody else's.
    """
    reader = _Reader()
    reader.feed(html)
    return reader.found
