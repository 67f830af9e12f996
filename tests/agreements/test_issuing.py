import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from apps.agreements.blanks import AgreementBlanksError
from apps.agreements.choices import Blank
from apps.agreements.models import Agreement, IssuedDocument, NumberCounter
from apps.agreements.services import drafts, issuing
from apps.agreements.services.steps import AgreementStateError
from apps.common import documents
from apps.common.models import OutboxEvent
from apps.partners.models import Gateway
from tests.factories.agreements import NEW_YEAR, drafter_of, make_draft, make_issued, make_terms
from tests.factories.partners import PartnerFactory
from tests.racing import race


@pytest.fixture(autouse=True)
def _files_of_this_test_alone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def issue(agreement, at=NEW_YEAR):
    return issuing.issue(agreement_id=agreement.pk, by=drafter_of(agreement), at=at)


def stored_files():
    if not default_storage.exists("agreements"):
        return []
    return default_storage.listdir("agreements")[1]


def content_of(document):
    with document.file.open() as file:
        return file.read()


class TestNumbers:
    @pytest.mark.django_db
    def test_count_by_the_year_in_shanghai(self):
        evening = datetime(2026, 12, 31, 16, tzinfo=UTC)  # midnight in Shanghai
        first, second, third = (make_draft(ends_on=None) for _each in range(3))

        numbers = [issue(first).number, issue(second).number, issue(third, at=evening).number]

        assert numbers == ["2026-0001", "2026-0002", "2027-0001"]

    @pytest.mark.django_db
    def test_are_taken_back_with_their_transaction(self):
        first, second = make_draft(), make_draft()

        with transaction.atomic():
            issue(first)
            transaction.set_rollback(True)

        assert issue(second).number == "2026-0001"

    @pytest.mark.django_db(transaction=True)
    def test_have_no_gap_and_no_pair_however_many_are_issued_at_once(self):
        agreements = [make_draft() for _each in range(4)]

        race(*[lambda agreement=agreement: issue(agreement) for agreement in agreements])

        issued = Agreement.objects.order_by("number").select_related("document")
        assert [each.number for each in issued] == [f"2026-{place:04}" for place in range(1, 5)]
        assert [each.document.printed["number"] for each in issued] == [
            each.number for each in issued
        ]
        assert len(stored_files()) == 4  # those of lost attempts are gone

    @pytest.mark.django_db(transaction=True)
    def test_the_same_draft_at_once_gets_one(self):
        agreement = make_draft()

        answers = race(*[lambda: issue(agreement)] * 2)

        assert sum(isinstance(each, AgreementStateError) for each in answers) == 1
        assert NumberCounter.objects.get().last_number == 1
        assert IssuedDocument.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_go_with_what_was_typeset_when_the_draft_changes_meanwhile(self):
        agreement = make_draft()
        by = drafter_of(agreement)
        terms = make_terms(signature_text="云帆软件")

        race(
            lambda: issue(agreement),
            lambda: drafts.revise(agreement_id=agreement.pk, terms=terms, by=by),
        )

        agreement.refresh_from_db()
        assert f"【{agreement.signature_text}】" in str(agreement.document.printed)


@pytest.mark.django_db
class TestDocument:
    def test_is_kept_with_its_digest(self):
        document = make_issued().document

        content = content_of(document)

        assert hashlib.sha256(content).hexdigest() == document.sha256
        assert document.size == len(content)

    def test_carries_the_gateways_signature(self):
        said = documents.signing.verify(content_of(make_issued().document))

        assert said.is_intact
        assert said.is_trusted
        assert said.signed_at == NEW_YEAR

    def test_keeps_the_particulars_as_they_were(self):
        agreement = make_issued()
        Gateway.objects.update(name="改名后的网关公司")

        printed = IssuedDocument.objects.get().printed

        assert printed["parties"][0]["name"] == agreement.partner.name
        assert printed["parties"][1]["name"] == "北京信达通联科技有限公司"

    def test_is_told_of(self):
        agreement = make_issued()

        event = OutboxEvent.objects.get(name="agreement.issued")
        assert (event.partner_id, event.payload) == (
            agreement.partner_id,
            {"number": agreement.number},
        )

    def test_is_not_left_behind_when_it_cannot_be_issued(self):
        agreement = make_draft(partner=PartnerFactory(name="青禾😀公司"))

        with pytest.raises(documents.UnprintableCharacterError):
            issue(agreement)

        assert stored_files() == []
        assert not NumberCounter.objects.exists()


NOTHING = {
    "signature_text": "",
    "base_fee_yuan": None,
    "first_recharge_segments": None,
    "first_recharge_unit_price_yuan": None,
    "mobile_characters": None,
    "phs_characters": None,
}


@pytest.mark.django_db
class TestBlanks:
    def problems(self, **wishes):
        agreement = make_draft(**wishes)
        with pytest.raises(AgreementBlanksError) as caught:
            issue(agreement)
        return caught.value.data["blanks"]

    @pytest.mark.parametrize(
        ("wrong", "blank", "why"),
        [
            ({"signature_text": ""}, Blank.SIGNATURE, ""),
            ({"signature_text": "【青禾】"}, Blank.SIGNATURE, "32"),
            ({"base_fee_yuan": None}, Blank.BASE_FEE, ""),
            ({"base_fee_yuan": Decimal("0.04")}, Blank.UNIT_PRICE, ""),
            ({"mobile_characters": None}, Blank.MOBILE_CHARACTERS, ""),
            ({"mobile_characters": 60}, Blank.MOBILE_CHARACTERS, "70"),
            ({"phs_characters": 70}, Blank.PHS_CHARACTERS, "58"),
            (
                {"first_recharge_amount_yuan": Decimal("10000.01")},
                Blank.FIRST_AMOUNT,
                "10,000.0000",
            ),
            (
                {"first_recharge_unit_price_yuan": Decimal("0.06")},
                Blank.UNIT_PRICE,
                "标准资费表",
            ),
            ({"starts_on": date(2025, 1, 1), "ends_on": date(2026, 1, 1)}, Blank.TERM, ""),
        ],
    )
    def test_is_named(self, wrong, blank, why):
        [problem] = self.problems(**wrong)

        assert problem.startswith(str(blank.label))
        assert why in problem

    def test_are_named_all_at_once(self):
        problems = self.problems(**NOTHING, partner=PartnerFactory(phone="", address=""))

        assert len(problems) == 9

    def test_of_the_gateway_count_too(self):
        agreement = make_draft()
        Gateway.objects.update(bank_account="")

        with pytest.raises(AgreementBlanksError) as caught:
            issue(agreement)
        assert len(caught.value.data["blanks"]) == 1
        assert not NumberCounter.objects.exists()
