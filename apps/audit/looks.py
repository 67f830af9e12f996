"""Recording that somebody looked: `record_look("files.download", proof, by=..., at=...)`.

Names of acts have their words in `labels.py`, and rows show them in their history.
"""

from datetime import datetime, timedelta

from django.db.models import Model

from apps.audit.actors import Actor
from apps.audit.models import Look

ONE_SITTING = timedelta(minutes=10)


def record_look(
    act: str, obj: Model, *, by: Actor, at: datetime, detail: str = "", reason: str = ""
) -> Look:
    """Write down a look at a row; `detail` says at what of it."""
    return Look.objects.create(**_written(act, obj, by, detail), reason=reason, at=at)


def record_look_once(
    act: str, obj: Model, *, by: Actor, at: datetime, detail: str = ""
) -> Look | None:
    """Write down a look, unless the same person did the same within ten minutes.

    Turning the pages of a document is one look, not one for each page.
    """
    same = Look.objects.filter(**_written(act, obj, by, detail), at__gt=at - ONE_SITTING)
    return None if same.exists() else record_look(act, obj, by=by, at=at, detail=detail)


def _written(act: str, obj: Model, by: Actor, detail: str) -> dict[str, str | int | None]:
    return {
        "act": act,
        "object_type": obj._meta.label_lower,
        "object_id": str(obj.pk),
        "detail": detail[:200],
        "actor_kind": by.kind,
        "actor_id": by.id,
        "actor": by.label[:200],
    }
