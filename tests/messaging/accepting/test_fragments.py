"""What a send asks of the papers in SQL is what their own querysets say, on any row and day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.agreements.fragments import IN_FORCE
from apps.agreements.models import Agreement
from apps.common.database import execute
from apps.pledges.fragments import HOLDING
from apps.pledges.models import Pledge
from apps.signatures.fragments import USABLE
from apps.signatures.models import Signature
from tests.factories.agreements import AgreementFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.signatures import SignatureFactory

BEGINS, ENDS = date(2026, 3, 2), date(2026, 11, 27)
DAYS = st.sampled_from([BEGINS, ENDS]).flatmap(
    lambda edge: st.integers(-2, 2).map(lambda days: edge + timedelta(days=days))
)
quick = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def selected(fragment, day):
    rows = execute(fragment.format(today="%(today)s::date"), {"today": day})
    return {row[0] for row in rows}


@pytest.fixture
def papers(db):
    """One paper of each kind with an end and, where there may be such, one without."""
    AgreementFactory(active=True, starts_on=BEGINS, ends_on=ENDS)
    AgreementFactory(active=True, starts_on=BEGINS)
    PledgeFactory(approved=True, valid_from=BEGINS, valid_until=ENDS)
    SignatureFactory(approved=True, holds_until=ENDS)
    SignatureFactory(approved=True, holds_until=None)


@quick
@given(status=st.sampled_from(["APPROVED", "SUSPENDED", "EXPIRED", "REVOKED"]), day=DAYS)
def test_a_signature_is_usable_alike(papers, status, day):
    Signature.objects.update(status=status)

    usable = set(Signature.objects.usable_on(day).values_list("account_id", flat=True))

    assert selected(USABLE, day) == usable


@quick
@given(status=st.sampled_from(["ACTIVE", "EXPIRED", "SUPERSEDED"]), day=DAYS)
def test_an_agreement_is_in_force_alike(papers, status, day):
    Agreement.objects.update(status=status)

    in_force = set(Agreement.objects.in_force_on(day).values_list("partner_id", flat=True))

    assert selected(IN_FORCE, day) == in_force


@quick
@given(status=st.sampled_from(["APPROVED", "EXPIRED"]), day=DAYS)
def test_a_pledge_holds_alike(papers, status, day):
    Pledge.objects.update(status=status)

    holding = set(Pledge.objects.in_force_on(day).values_list("customer_id", flat=True))

    assert selected(HOLDING, day) == holding
