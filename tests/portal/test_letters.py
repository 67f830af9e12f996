"""Authorisation letters as a partner's people work with them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.common import clock
from apps.partners.choices import PartnerRole
from apps.portal.letters.views import PAGE_SIZE
from apps.signatures.models import AuthorisationLetter
from apps.signatures.reasons import RejectionReason
from tests.common.confined.limits import every_place_taken
from tests.factories import files
from tests.factories.signatures import AuthorisationLetterFactory, SignatureFactory

LIST = "/letters/"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def letter(qinghe):
    return AuthorisationLetterFactory(partner=qinghe.partner, valid_until=in_a_year())


def in_a_year():
    return clock.local_date(clock.now()) + timedelta(days=365)


def said(**fields):
    return {
        "grantor_name": "杭州西溪口腔门诊部有限公司",
        "grantor_code": "91330110MACH370602",
        "grantee_name": "北京青禾软件有限公司",
        "texts": "西溪口腔",
        "valid_from": clock.local_date(clock.now()),
        "valid_until": in_a_year(),
    } | fields


def url(route, letter, *more):
    return reverse(f"portal:letter-{route}", args=[letter.pk, *more])


def page(client, address, **query):
    return client.get(address, query).content.decode()


class TestList:
    def test_says_what_a_letter_is_for_where_there_is_none(self, owner):
        assert "还没有授权委托书" in page(owner, LIST)

    @pytest.mark.parametrize("words", ["西溪", "西溪口腔"])
    def test_finds_by_company_or_signature(self, owner, qinghe, words):
        AuthorisationLetterFactory(partner=qinghe.partner, texts=["西溪口腔"], covers_all=False)
        AuthorisationLetterFactory(partner=qinghe.partner, grantor_name="静安幼儿园")

        shown = page(owner, LIST, text=words)

        assert "杭州西溪口腔门诊部有限公司" in shown
        assert "静安幼儿园" not in shown

    def test_pages(self, owner, qinghe):
        AuthorisationLetterFactory.create_batch(PAGE_SIZE + 1, partner=qinghe.partner)

        first = owner.get(LIST).context["page"]

        assert len(owner.get(first.older_url).context["page"].rows) == 1

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, owner, qinghe, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            AuthorisationLetterFactory.create_batch(rows, partner=qinghe.partner)
            with django_assert_max_num_queries(5):
                owner.get(LIST)


class TestNew:
    def test_is_kept_as_a_draft(self, owner, qinghe):
        answer = owner.post("/letters/new/", said())

        letter = AuthorisationLetter.objects.get()
        assert answer.headers["Location"] == url("edit", letter)
        assert (letter.partner, letter.texts) == (qinghe.partner, ["西溪口腔"])

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"grantor_code": "123"}, "123"),
            ({"valid_until": "2020-01-01"}, "截止日期须晚于起始日期"),
            ({"covers_all": "on"}, "此处留空"),
            ({"texts": "10086"}, "请按委托书填写授权的签名"),
        ],
    )
    def test_tells_what_is_wrong(self, owner, fields, told):
        answer = owner.post("/letters/new/", said(**fields)).content.decode()

        assert told in answer
        assert not AuthorisationLetter.objects.exists()

    def test_made_for_an_application_is_named_there(self, owner, qinghe):
        signature = SignatureFactory(account=qinghe.account, text="西溪口腔")

        owner.post(f"/letters/new/?signature={signature.pk}", said())

        signature.refresh_from_db()
        assert (signature.use, signature.letter) == ("BEHALF", AuthorisationLetter.objects.get())

    @pytest.mark.parametrize("role", [PartnerRole.FINANCE, PartnerRole.VIEWER])
    def test_is_for_who_may_write(self, signed_in, role):
        assert signed_in(role).post("/letters/new/", said()).status_code == 403


class TestEdit:
    def test_writes_anew(self, owner, letter):
        owner.post(url("edit", letter), said(grantor_name="静安幼儿园"))

        letter.refresh_from_db()
        assert letter.grantor_name == "静安幼儿园"

    def test_of_what_waits_is_refused(self, owner, qinghe):
        waits = AuthorisationLetterFactory(partner=qinghe.partner, submitted=True)

        owner.post(url("edit", waits), said(grantor_name="静安幼儿园"))

        waits.refresh_from_db()
        assert waits.grantor_name != "静安幼儿园"

    def test_tells_what_was_refused(self, owner, qinghe):
        refused = AuthorisationLetterFactory(
            partner=qinghe.partner, rejected=True, reasons=[RejectionReason.LETTER_INVALID]
        )

        shown = page(owner, url("edit", refused))

        assert "授权委托书不符合要求" in shown
        assert "请权利人重新出具委托书" in shown
        assert "未盖章" in shown


class TestScan:
    def test_is_added(self, owner, letter):
        answer = owner.post(
            url("scan", letter), {"file": files.pdf(pages=2)}, headers={"HX-Request": "true"}
        )

        letter.refresh_from_db()
        assert letter.page_count == 2
        assert "2 页" in answer.content.decode()

    def test_is_refused_with_the_reason_alone(self, owner, letter):
        file = files.io.BytesIO(b"")
        file.name = "empty.pdf"

        answer = owner.post(url("scan", letter), {"file": file}, headers={"HX-Request": "true"})

        assert answer.status_code == 422
        assert answer.content.decode().startswith("文件为空")

    def test_is_put_off_with_the_reason_while_too_many_files_are_opened(
        self, owner, letter, settings, tmp_path
    ):
        with every_place_taken(settings, tmp_path):
            answer = owner.post(
                url("scan", letter), {"file": files.pdf()}, headers={"HX-Request": "true"}
            )

        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert answer["Content-Type"].startswith("text/plain")
        assert "一分钟后再试" in answer.content.decode()


class TestSteps:
    def test_hands_in_and_leads_back_to_the_application(self, owner, qinghe):
        ready = AuthorisationLetterFactory(
            partner=qinghe.partner, scanned=True, valid_until=in_a_year()
        )
        signature = SignatureFactory(account=qinghe.account)

        answer = owner.post(f"{url('step', ready, 'submit')}?signature={signature.pk}")

        ready.refresh_from_db()
        assert ready.status == "SUBMITTED"
        assert answer.headers["Location"] == f"/signatures/{signature.pk}/edit/"

    def test_tells_that_the_scan_is_missing(self, owner, letter):
        answer = owner.post(url("step", letter, "submit"), follow=True).content.decode()

        assert "请先上传盖章委托书的扫描件" in answer

    def test_takes_back(self, owner, qinghe):
        waits = AuthorisationLetterFactory(partner=qinghe.partner, submitted=True)

        owner.post(url("step", waits, "withdraw"))

        waits.refresh_from_db()
        assert waits.status == "DRAFT"

    def test_does_not_know_other_steps(self, owner, letter):
        assert owner.post(url("step", letter, "approve")).status_code == 404


@pytest.mark.parametrize("route", ["detail", "edit"])
def test_of_another_partner_is_not_found(owner, route):
    assert owner.get(url(route, AuthorisationLetterFactory())).status_code == 404


@pytest.mark.parametrize("more", [("scan",), ("step", "submit"), ("step", "withdraw")])
def test_of_another_partner_is_not_changed(owner, more):
    route, *step = more

    assert owner.post(url(route, AuthorisationLetterFactory(), *step)).status_code == 404
