"""The admin keeps a history of what it changes, or changes nothing."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from apps.audit.trail import AuditTrail
from apps.common.admin import trail


def test_audit_answers_once_the_admin_is_set_up():
    assert isinstance(trail.kept(), AuditTrail)


def test_the_admin_does_not_work_unrecorded(monkeypatch):
    monkeypatch.setattr(trail, "_kept", [])

    with pytest.raises(ImproperlyConfigured):
        trail.kept()
