"""Who judges, and what the partner was told."""

import pytest

from apps.common.models import OutboxEvent
from tests.factories.users import StaffFactory


@pytest.fixture
def reviewer(db):
    return StaffFactory(reviewer=True).as_actor()


@pytest.fixture
def told(db):
    """Return what was published about signatures: names and payloads, in order."""

    def read(name=None):
        rows = OutboxEvent.objects.filter(subject_kind="signature").order_by("pk")
        pairs = [(row.name.removeprefix("signature."), row.payload) for row in rows]
        return (
            [payload for verb, payload in pairs if verb == name]
            if name
            else [verb for verb, _payload in pairs]
        )

    return read
