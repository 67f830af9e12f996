"""A kind of application that only the tests know: permits, with three fields and one paper.

It shows what another kind costs: two models, a class, a row of the table of separations and a line
that registers it.
"""

import pytest
from django.apps import apps
from django.db import connection, models

from apps.audit import separations
from apps.common.errors import ConflictError
from apps.reviews import models as reviews
from apps.reviews.kinds import KINDS, End, Kind, register
from apps.reviews.reasons import Reasons

ROW = separations.Separation(
    name="permit-entered", who="another", why="so", is_relaxable=False,
    acts=frozenset({"permits.approve", "permits.reject", "permits.revoke"}),
    not_after=frozenset({"permits.draft", "permits.submit"}),
)  # fmt: skip


class Reason(models.TextChoices):
    BLURRED = "BLURRED", "blurred"
    OTHER = "OTHER", "other"


class Permits(Kind):
    name, prefix, subject, told = "permits", "XK", "permit", []
    steps = {"DRAFT": {"SUBMITTED"}, "SUBMITTED": {"APPROVED", "REJECTED", "DRAFT"}, "EXPIRED": {},
             "REJECTED": {"SUBMITTED"}, "APPROVED": {"REVOKED", "EXPIRED"}, "REVOKED": {}}  # fmt: skip
    reasons = Reasons(Reason, {each: f"mend {each}" for each in Reason})

    def lock(self, subject_id):
        return self.model.objects.select_for_update().get(pk=subject_id)

    def check_complete(self, subject, *, at):
        if not subject.scan:
            raise ConflictError

    def contents(self, subject):
        return {"scan": subject.scan}

    def take_effect(self, subject, opened, *, terms, at):
        subject.status = "APPROVED"

    def tell(self, verb, subject, *, at, **facts):
        self.told.append(verb)

    def ends_of(self, subject):
        return [End(what="permit", ends_on=subject.valid_until, facts={})]


@pytest.fixture
def permits(monkeypatch):
    """Register the kind, and make its two tables; nothing of it stays."""
    app = {"Meta": type("Meta", (), {"app_label": "reviews"}), "__module__": __name__}
    holder, line, scan = (models.CharField(max_length=50) for _field in range(3))
    Permits.model = type("Permit", (reviews.Application,),
                         {"holder": holder, "line": line, "scan": scan, "valid_until": models.DateField()} | app)  # fmt: skip
    permit = models.ForeignKey(Permits.model, models.PROTECT, related_name="rounds")
    Permits.round_model = type("PermitRound", (reviews.Round,),
                               {"permit": permit, "scan": models.CharField(max_length=50)} | app)  # fmt: skip
    monkeypatch.setitem(separations.SEPARATIONS, ROW.name, ROW)
    with connection.schema_editor() as editor:
        editor.create_model(Permits.model)
        editor.create_model(Permits.round_model)
    Permits.told = []
    yield register(Permits())
    del KINDS["permits"], apps.all_models["reviews"]["permit"]
    del apps.all_models["reviews"]["permitround"]
    apps.clear_cache()
