"""Every state × every verb: what the table allows passes, all else raises and changes nothing."""

import pytest

from apps.agreements.choices import AgreementStatus as S
from apps.agreements.models import Agreement
from apps.agreements.services import agreements
from tests.factories.agreements import NEW_YEAR, AgreementFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db

VERBS = {
    "issue": lambda pk, by: agreements.issue(agreement_id=pk, by=by, at=NEW_YEAR),
    "mark_signed": lambda pk, by: agreements.mark_signed(agreement_id=pk, by=by, at=NEW_YEAR),
    "activate": lambda pk, by: agreements.activate(agreement_id=pk, by=by, at=NEW_YEAR),
    "terminate": lambda pk, by: agreements.terminate(
        agreement_id=pk, by=by, at=NEW_YEAR, reason="双方协商"
    ),
}
ALLOWED = {
    (S.DRAFT, "issue"): S.ISSUED,
    (S.ISSUED, "mark_signed"): S.SIGNED,
    (S.ISSUED, "terminate"): S.TERMINATED,
    (S.SIGNED, "activate"): S.ACTIVE,
    (S.SIGNED, "terminate"): S.TERMINATED,
    (S.ACTIVE, "terminate"): S.TERMINATED,
}


def in_state(status, **fields):
    trait = {} if status == S.DRAFT else {status.lower(): True}
    return AgreementFactory(**trait, **fields)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_table(status, verb):
    agreement = in_state(status)
    before = Agreement.objects.values().get()
    by = StaffFactory().as_actor()

    if (status, verb) in ALLOWED:
        VERBS[verb](agreement.pk, by)
        assert Agreement.objects.get().status == ALLOWED[status, verb]
        return
    with pytest.raises(agreements.AgreementStateError):
        VERBS[verb](agreement.pk, by)
    assert Agreement.objects.values().get() == before


@pytest.mark.parametrize("status", S)
def test_only_active_ones_expire(status):
    agreement = in_state(status, starts_on="2025-01-01", ends_on="2026-01-01")

    count = agreements.expire_due(at=NEW_YEAR)

    agreement.refresh_from_db()
    assert count == (status == S.ACTIVE)
    assert agreement.status == (S.EXPIRED if status == S.ACTIVE else status)
