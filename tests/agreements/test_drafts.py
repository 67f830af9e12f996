from datetime import date
from decimal import Decimal

import pytest

from apps.agreements.services import drafts
from tests.factories.agreements import NEW_YEAR, AgreementFactory, make_terms
from tests.factories.partners import PartnerFactory
from tests.factories.rates import RateTableFactory
from tests.factories.users import StaffFactory


@pytest.fixture
def staff(db):
    return StaffFactory().as_actor()


def draft(by, **terms):
    return drafts.draft(partner=PartnerFactory(), terms=make_terms(**terms), by=by, at=NEW_YEAR)


def test_fills_the_blanks_on_the_latest_wording(staff):
    agreement = draft(staff)

    assert (agreement.status, agreement.number) == ("DRAFT", None)
    assert agreement.template.status == "PUBLISHED"
    assert agreement.drafted_by_id == staff.id
    assert agreement.first_recharge_amount_yuan == Decimal("10000.00")


def test_leaves_an_amount_that_is_no_whole_cents_open(staff):
    agreement = draft(
        staff, first_recharge_segments=333, first_recharge_unit_price_yuan=Decimal("0.0455")
    )

    assert agreement.first_recharge_amount_yuan is None


def test_refuses_an_end_before_the_start(staff):
    with pytest.raises(drafts.AgreementPeriodError):
        draft(staff, ends_on=date(2026, 1, 1))


def test_refuses_the_prices_of_another_partner(staff):
    with pytest.raises(drafts.ForeignRateTableError):
        draft(staff, rate_table=RateTableFactory(partner=PartnerFactory()))


@pytest.mark.parametrize(("segments", "price"), [(1, None), (None, 1), (0, 1), (1, 0), (-1, 1)])
def test_refuses_half_a_first_recharge(staff, segments, price):
    with pytest.raises(drafts.FirstRechargeError):
        draft(staff, first_recharge_segments=segments, first_recharge_unit_price_yuan=price)


def test_a_renewal_keeps_no_gap_when_revised(staff):
    old = AgreementFactory(active=True, ends_on=date(2027, 1, 1))
    renewal = drafts.renew(agreement_id=old.pk, by=staff, at=NEW_YEAR)
    late = make_terms(starts_on=date(2027, 2, 1), ends_on=None)

    with pytest.raises(drafts.RenewalStartError):
        drafts.revise(agreement_id=renewal.pk, terms=late, by=staff)
