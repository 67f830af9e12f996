"""The first version of the wording as rows; used by the migration and, in an empty table, later."""

from datetime import datetime
from typing import Any

from apps.agreements import wording


def load(*, template_model: Any, clause_model: Any, at: datetime) -> Any:
    """Write and publish version 1 with models as they are at this point of the migrations."""
    template = template_model.objects.create(version=1, title=wording.TITLE, drafted_at=at)
    clause_model.objects.bulk_create(
        clause_model(template=template, position=position, **clause._asdict())
        for position, clause in enumerate(wording.FIRST, 1)
    )
    template.status, template.published_at = "PUBLISHED", at
    template.save()
    return template
