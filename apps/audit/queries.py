"""Reading what happened to a row: which act, by whom, why, and what it changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Field, Model
from django.utils.functional import Promise

from apps.audit.labels import label_of
from apps.audit.models import Look

SHOWN_EVENTS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A field that an act changed."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One act on a row. `changes` is empty for the act that made it, and for a look at it.

    `relaxed` names the separations that were relaxed, where one person did what two do.
    """

    at: datetime
    act: Promise | str
    actor: str
    reason: str
    changes: list[Change]
    relaxed: tuple[str, ...] = ()


def history_of(obj: Model) -> list[Event]:
    """Return the newest acts on `obj` and looks at it, newest first."""
    events = [*_acts_on(obj), *_looks_at(obj)]
    return sorted(events, key=lambda event: event.at, reverse=True)[:SHOWN_EVENTS]


def hands_on(obj: Model, *acts: str) -> dict[str, set[int]]:
    """Return who did which of these acts on a row, by act: people's ids, from its history."""
    rows = type(obj).pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id=obj.pk,
        pgh_context__metadata__act__in=acts,
        pgh_context__metadata__actor_kind="user",
    )
    found: dict[str, set[int]] = {}
    for name, person in rows.values_list(
        "pgh_context__metadata__act", "pgh_context__metadata__actor_id"
    ):
        found.setdefault(name, set()).add(person)
    return found


def relaxed_acts(obj: Model) -> list[Event]:
    """Return the acts on a row that one person did where two do, newest first."""
    event_model = getattr(type(obj), "pgh_event_model", None)
    if event_model is None:
        return []
    rows = event_model.objects.filter(
        pgh_obj_id=obj.pk, pgh_context__metadata__has_key="relaxed"
    ).select_related("pgh_context")
    return [_event(row, None, type(obj)) for row in rows.order_by("-pgh_id")]


def _acts_on(obj: Model) -> list[Event]:
    event_model = getattr(type(obj), "pgh_event_model", None)
    if event_model is None:
        return []
    rows = event_model.objects.filter(pgh_obj_id=obj.pk).select_related("pgh_context")
    newest = list(rows.order_by("-pgh_id")[: SHOWN_EVENTS + 1])
    pairs = pairwise([*newest, None])
    return [_event(new, old, type(obj)) for new, old in pairs][:SHOWN_EVENTS]


def _looks_at(obj: Model) -> Iterator[Event]:
    for look in Look.objects.about(obj).order_by("-at", "-pk")[:SHOWN_EVENTS]:
        label = label_of(look.act)
        yield Event(
            at=look.at,
            act=f"{label} · {look.detail}" if look.detail else label,
            actor=look.actor,
            reason=look.reason,
            changes=[],
        )


def _event(row: Any, before: Any, model: type[Model]) -> Event:
    context = row.pgh_context.metadata if row.pgh_context else {}
    return Event(
        at=row.pgh_created_at,
        act=label_of(context.get("act", "")),
        actor=context.get("actor", ""),
        reason=context.get("reason", ""),
        changes=list(_changes(row, before, model)) if before is not None else [],
        relaxed=tuple(context.get("relaxed", ())),
    )


def _changes(row: Any, before: Any, model: type[Model]) -> Iterator[Change]:
    for field in model._meta.concrete_fields:
        if not hasattr(row, field.attname):
            continue
        old, new = getattr(before, field.attname), getattr(row, field.attname)
        if old != new:
            yield Change(
                field=str(field.verbose_name), old=_shown(field, old), new=_shown(field, new)
            )


def _shown(field: "Field[Any, Any]", value: Any) -> str:
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, list):
        return "、".join(_shown(getattr(field, "base_field", field), each) for each in value)
    if isinstance(value, dict):
        return str(value)
    return str(dict(field.flatchoices).get(value, value))
