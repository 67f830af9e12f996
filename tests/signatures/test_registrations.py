"""Registrations with operators: a table of states, and that they do not stop sends."""

from datetime import date

import pytest

from apps.reviews.services import judging
from apps.signatures.choices import NEXT_REGISTRATION_STATUS
from apps.signatures.choices import RegistrationStatus as R
from apps.signatures.models import OperatorRegistration
from apps.signatures.services import registrations
from apps.signatures.services.completeness import SignatureUnregisteredError
from apps.signatures.services.kinds import SIGNATURES
from tests.factories.signatures import SPRING, SignatureFactory, set_rules

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)


@pytest.fixture
def record(reviewer):
    def write(signature, status, operator="MOBILE", **wishes):
        return registrations.record(
            signature_id=signature.pk,
            operator=operator,
            **{"status": status, "on": DAY, "by": reviewer, "at": SPRING} | wishes,
        )

    return write


def registered(status):
    signature = SignatureFactory(approved=True)
    if status != R.NOT_FILED:
        OperatorRegistration.objects.create(
            signature=signature, operator="MOBILE", status=status, filed_on=DAY, answered_on=DAY,
            recorded_at=SPRING,
        )  # fmt: skip
    return signature


@pytest.mark.parametrize("after", R)
@pytest.mark.parametrize("before", R)
def test_table(record, before, after):
    signature = registered(before)

    if after in NEXT_REGISTRATION_STATUS[before] or (after == before != R.NOT_FILED):
        assert record(signature, after).status == after
        return
    with pytest.raises(registrations.RegistrationStateError):
        record(signature, after)
    assert [row.status for row in signature.registrations.all()] == [before][
        : before != "NOT_FILED"
    ]


class TestRecord:
    def test_keeps_both_days_and_the_extension(self, record):
        signature = SignatureFactory(submitted=True)
        record(signature, R.FILED)

        row = record(signature, R.REGISTERED, on=date(2026, 3, 9), extension="0123", remark="通过")

        assert (row.filed_on, row.answered_on) == (DAY, date(2026, 3, 9))
        assert (row.extension, row.remark) == ("0123", "通过")

    def test_has_one_row_for_each_operator(self, record):
        signature = SignatureFactory(approved=True)

        for operator in ("MOBILE", "UNICOM", "TELECOM", "BROADNET"):
            record(signature, R.FILED, operator)

        assert signature.registrations.count() == 4

    def test_refuses_an_extension_that_is_no_number(self, record):
        with pytest.raises(registrations.RegistrationExtensionError):
            record(SignatureFactory(approved=True), R.FILED, extension="12a")

    def test_keeps_who_and_why_in_the_history(self, record, reviewer):
        row = record(SignatureFactory(approved=True), R.FILED, remark="已提交移动")

        context = row.events.get().pgh_context.metadata
        assert (context["act"], context["actor_id"]) == (
            "signatures.record_registration",
            reviewer.id,
        )


class TestSending:
    def test_goes_on_whatever_the_operators_say(self, record):
        signature = registered(R.REGISTERED)

        record(signature, R.REFUSED)

        signature.refresh_from_db()
        assert signature.status == "APPROVED"

    def test_waits_for_the_operators_that_the_rules_name(self, record, reviewer):
        set_rules(required_operators=["MOBILE"])
        signature = SignatureFactory(submitted=True, proved=True)
        with pytest.raises(SignatureUnregisteredError, match="移动"):
            judging.approve(SIGNATURES, signature.pk, by=reviewer, at=SPRING)
        record(signature, R.FILED)
        record(signature, R.REGISTERED)

        assert (
            judging.approve(SIGNATURES, signature.pk, by=reviewer, at=SPRING).status == "APPROVED"
        )
