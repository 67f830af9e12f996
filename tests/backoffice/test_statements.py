from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.recharges.models import BankEntry, StatementImport
from tests.common.confined.limits import every_place_taken
from tests.factories.statements import BankProfileFactory, credit, csv, debit
from tests.factories.users import StaffFactory
from tests.recharges.hostile_statements import REFUSED

pytestmark = pytest.mark.django_db
LIST = "/admin/statements/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def finance(client):
    client.force_login(StaffFactory(finance=True))
    return client


def upload(client, content):
    file = SimpleUploadedFile("六月.csv", content)
    return client.post(LIST, {"profile": BankProfileFactory().pk, "file": file}, follow=True)


def press(client, name):
    pk = StatementImport.objects.get().pk
    return client.post(reverse(f"backoffice:statement-{name}", args=[pk]), follow=True)


class TestList:
    def test_asks_for_a_bank_account_first(self, finance):
        response = finance.get(LIST)

        assert response.context["has_banks"] is False
        assert reverse("admin:recharges_bankprofile_changelist") in response.text

    def test_says_why_a_file_is_refused_and_keeps_nothing(self, finance):
        response = upload(finance, b"<html></html>")

        assert response.status_code == 200
        assert response.context["form"].errors["file"]
        assert not StatementImport.objects.exists()


class TestHostileFiles:
    @pytest.mark.parametrize("name", ["a merged range of billions", "a cell of 200 kB", "a NUL"])
    def test_are_refused_with_what_to_do_and_change_nothing(self, finance, name):
        made, _codes = REFUSED[name]

        response = upload(finance, made())

        assert response.status_code == 200
        assert "请" in str(response.context["form"].errors["file"])
        assert not StatementImport.objects.exists()

    def test_larger_than_a_statement_are_not_read_to_their_end(self, finance):
        response = upload(finance, b"1\r\n" * 4_000_000)

        assert "10 MB" in str(response.context["form"].errors["file"])


class TestBusy:
    def test_says_so_and_when_to_come_again(self, finance, settings, tmp_path):
        with every_place_taken(settings, tmp_path):
            response = upload(finance, csv([credit()]))

        assert (response.status_code, response["Retry-After"]) == (503, "30")
        assert "一分钟后再试" in response.text
        assert not StatementImport.objects.exists()

    def test_is_said_of_a_statement_that_was_uploaded_before(self, finance, settings, tmp_path):
        upload(finance, csv([credit()]))
        pk = StatementImport.objects.get().pk

        with every_place_taken(settings, tmp_path):
            response = finance.get(reverse("backoffice:statement-preview", args=[pk]))

        assert (response.status_code, response["Retry-After"]) == (503, "30")
        assert "一分钟后再试" in response.text


class TestPreview:
    def test_shows_every_line_with_what_becomes_of_it(self, finance):
        response = upload(finance, csv([credit("S1"), debit(), credit("S2", amount="1,2")]))

        states = [each.state for each in response.context["lines"]]
        assert states == ["WRONG", "NEW", "DEBIT"]
        assert "1,2" in response.text
        assert not BankEntry.objects.exists()

    def test_reads_the_file_by_other_columns(self, finance):
        rows = [("2026-06-01", "10.00", "青禾", "7")]
        upload(
            finance, csv(rows, headings=("交易日期", "甲金额", "乙", "丙"), preamble=(), footer=())
        )
        pk = StatementImport.objects.get().pk

        response = finance.post(
            reverse("backoffice:statement-preview", args=[pk]),
            {"date": "交易日期", "amount": "甲金额", "payer": "乙", "date_style": "YMD"},
            follow=True,
        )

        assert response.context["lines"][0].line.payer == "青禾"

    def test_stays_readable_after_it_was_taken_in(self, finance):
        upload(finance, csv([credit()]))
        press(finance, "store")

        pk = StatementImport.objects.get().pk
        assert finance.get(reverse("backoffice:statement-preview", args=[pk])).status_code == 200


class TestStore:
    def test_takes_the_lines_in_and_goes_on_to_matching(self, finance):
        upload(finance, csv([credit("S1"), credit("S2")]))

        response = press(finance, "store")

        assert response.redirect_chain[-1][0] == reverse("backoffice:matching")
        assert BankEntry.objects.filter(amount_yuan=Decimal(10_000)).count() == 2

    def test_tells_whoever_comes_second(self, finance):
        upload(finance, csv([credit("S1")]))
        press(finance, "store")

        response = press(finance, "store")

        assert [each.level_tag for each in response.context["messages"]][-1] == "error"
        assert BankEntry.objects.count() == 1

    def test_stores_nothing_while_lines_are_wrong(self, finance):
        upload(finance, csv([credit("S1"), credit("S2", amount="1,2")]))

        press(finance, "store")

        assert not BankEntry.objects.exists()


class TestDiscard:
    def test_puts_the_file_away(self, finance):
        upload(finance, csv([credit("S1")]))

        press(finance, "discard")

        assert StatementImport.objects.get().status == "DISCARDED"
