"""Signatures of before the rounds get the round that their state tells of."""

from importlib import import_module

import pytest
from django.apps import apps

from apps.signatures.models import OrderCounter, Round, Signature
from apps.signatures.services import signatures
from tests.factories.signatures import SPRING, SignatureFactory

pytestmark = pytest.mark.django_db
write_rounds = import_module("apps.signatures.migrations.0003_first_rounds").write_rounds


@pytest.fixture
def write():
    def run():
        Round.objects.all().delete()
        write_rounds(apps, None)
        return list(Round.objects.order_by("pk"))

    return run


@pytest.mark.parametrize(
    ("state", "expected"),
    [("submitted", "WAITING"), ("approved", "APPROVED"), ("revoked", "APPROVED")],
)
def test_the_state_tells_of_a_round(write, state, expected):
    signature = SignatureFactory(proved=True, **{state: True})

    (written,) = write()

    assert (written.status, written.text) == (expected, signature.text)
    assert list(written.proofs.all()) == list(signature.proofs.all())


def test_a_draft_has_none(write):
    SignatureFactory()

    assert write() == []


def test_a_refusal_keeps_its_words(write):
    SignatureFactory(rejected=True)

    assert [(each.reasons, each.remark) for each in write()] == [(["OTHER"], "执照模糊")]


def test_a_suspension_is_not_taken_for_the_approval(write, reviewer):
    signature = SignatureFactory(approved=True)
    approved_by = signature.judged_by
    signatures.suspend(signature_id=signature.pk, by=reviewer, at=SPRING, reason="投诉")

    assert [each.judged_by for each in write()] == [approved_by]


def test_numbers_go_on_from_those_that_were_given(write):
    SignatureFactory.create_batch(2, approved=True)

    assert [each.order_number for each in write()] == ["QM20260302-0001", "QM20260302-0002"]
    assert OrderCounter.objects.get().last == 2


def test_names_the_company_that_holds_the_account(write):
    SignatureFactory(submitted=True, company_name="")
    write()

    signature = Signature.objects.get()
    assert signature.company_name == signature.account.partner.name
    assert signature.due_at > signature.submitted_at
