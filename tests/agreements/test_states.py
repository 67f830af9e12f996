"""Every state × every verb: what the table allows passes, all else raises and changes nothing."""

import pytest

from apps.agreements.choices import AgreementStatus as S
from apps.agreements.choices import Side
from apps.agreements.models import Agreement, IssuedDocument, SignedCopy
from apps.agreements.services import agreements, copies, drafts, expiry, issuing
from apps.agreements.services.steps import AgreementStateError
from tests.factories import files
from tests.factories.agreements import (
    NEW_YEAR,
    AgreementFactory,
    SignedCopyFactory,
    make_draft,
    make_terms,
)
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db


def attach(side):
    return lambda pk, by: copies.attach(
        agreement_id=pk, side=side, file=files.pdf(), by=by, at=NEW_YEAR
    )


VERBS = {
    "revise": lambda pk, by: drafts.revise(agreement_id=pk, terms=make_terms(), by=by),
    "issue": lambda pk, by: issuing.issue(agreement_id=pk, by=by, at=NEW_YEAR),
    "attach_partner": attach(Side.PARTNER),
    "attach_gateway": attach(Side.GATEWAY),
    "mark_signed": lambda pk, by: agreements.mark_signed(agreement_id=pk, by=by, at=NEW_YEAR),
    "activate": lambda pk, by: agreements.activate(agreement_id=pk, by=by, at=NEW_YEAR),
    "renew": lambda pk, by: drafts.renew(agreement_id=pk, by=by, at=NEW_YEAR),
    "terminate": lambda pk, by: agreements.terminate(
        agreement_id=pk, by=by, at=NEW_YEAR, reason="双方协商"
    ),
}
ALLOWED = {
    (S.DRAFT, "revise"): S.DRAFT,
    (S.DRAFT, "issue"): S.ISSUED,
    (S.ISSUED, "attach_partner"): S.ISSUED,
    (S.ISSUED, "attach_gateway"): S.ISSUED,
    (S.ISSUED, "mark_signed"): S.SIGNED,
    (S.ISSUED, "terminate"): S.TERMINATED,
    (S.SIGNED, "attach_partner"): S.SIGNED,
    (S.SIGNED, "attach_gateway"): S.SIGNED,
    (S.SIGNED, "activate"): S.ACTIVE,
    (S.SIGNED, "terminate"): S.TERMINATED,
    (S.ACTIVE, "renew"): S.ACTIVE,
    (S.ACTIVE, "terminate"): S.TERMINATED,
    (S.EXPIRED, "renew"): S.EXPIRED,
}


def in_state(status, **fields):
    if status == S.DRAFT:
        return make_draft()
    agreement = AgreementFactory(**{status.lower(): True}, ends_on="2027-01-01", **fields)
    for side in Side:
        SignedCopyFactory(agreement=agreement, side=side)
    return agreement


def everything():
    """What a refused step could have changed."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Agreement, IssuedDocument, SignedCopy)
    ]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_table(status, verb):
    agreement = in_state(status)
    before = everything()
    by = StaffFactory().as_actor()

    if (status, verb) in ALLOWED:
        VERBS[verb](agreement.pk, by)
        agreement.refresh_from_db()
        assert agreement.status == ALLOWED[status, verb]
        return
    with pytest.raises(AgreementStateError):
        VERBS[verb](agreement.pk, by)
    assert everything() == before


@pytest.mark.parametrize("status", S)
def test_only_active_ones_expire(status):
    trait = {} if status == S.DRAFT else {status.lower(): True}
    agreement = AgreementFactory(**trait, starts_on="2025-01-01", ends_on="2026-01-01")

    count = expiry.expire_due(at=NEW_YEAR)

    agreement.refresh_from_db()
    assert count == (status == S.ACTIVE)
    assert agreement.status == (S.EXPIRED if status == S.ACTIVE else status)
