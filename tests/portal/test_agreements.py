"""A partner's agreements: terms, paper with its digital signature, signed copies, renewals."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from apps.common import clock
from apps.partners.choices import PartnerRole
from tests.factories import files
from tests.factories.agreements import AgreementFactory, SignedCopyFactory, make_issued

LIST = "/agreements/"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.PREVIEWS_ROOT = tmp_path / "previews"
    settings.VAR_DIR = tmp_path


@pytest.fixture
def make(qinghe):
    """Return a function that makes an agreement of the partner."""
    return lambda **wishes: AgreementFactory(partner=qinghe.partner, **wishes)


def url(route, agreement):
    return reverse(f"portal:agreement-{route}", args=[agreement.pk])


def page(client, address):
    return client.get(address).content.decode()


def today():
    return clock.local_date(clock.now())


class TestList:
    def test_says_how_one_comes_about_where_there_is_none(self, owner, make):
        make()

        assert "还没有协议" in page(owner, LIST)

    def test_shows_number_state_and_days_left(self, owner, make):
        make(active=True, number="2026-0007", ends_on=today() + timedelta(days=40))

        shown = page(owner, LIST)

        assert "2026-0007" in shown
        assert "剩 40 天" in shown

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, owner, make, django_assert_max_num_queries
    ):
        for rows in (2, 20):
            for _each in range(rows):
                make(issued=True)
            with django_assert_max_num_queries(4):
                owner.get(LIST)

    def test_is_not_for_operators(self, signed_in):
        assert signed_in(PartnerRole.OPERATOR).get(LIST).status_code == 403


class TestPaper:
    @pytest.fixture
    def issued(self, qinghe):
        return make_issued(partner=qinghe.partner)

    def test_says_that_it_is_unchanged_and_who_signed(self, owner, issued):
        shown = page(owner, url("detail", issued))

        assert "未被改动" in shown
        assert issued.document.sha256 in shown

    def test_says_that_it_was_tampered_with(self, owner, issued):
        with default_storage.open(issued.document.file.name, "r+b") as file:
            file.seek(200)
            file.write(b"X")

        shown = page(owner, url("detail", issued))

        assert "请勿使用" in shown
        assert "未被改动" not in shown

    def test_is_saved_as_it_was_issued(self, owner, issued):
        address = reverse("portal:file-download", args=["agreements", issued.document_id])

        saved = b"".join(owner.get(address).streaming_content)

        assert hashlib.sha256(saved).hexdigest() == issued.document.sha256

    def test_shows_the_terms_in_figures_and_capitals(self, owner, issued):
        shown = page(owner, url("detail", issued))

        assert "10,000.00" in shown
        assert "壹万元整" in shown
        assert "2026-12-31" in shown


class TestDetail:
    @pytest.mark.parametrize(
        ("state", "told"),
        [
            ("issued", "待贵方签署"),
            ("signed", "等待网关方会签"),
            ("active", "协议有效"),
            ("expired", "agreement_inactive"),
            ("terminated", "双方协商"),
            ("superseded", "续签协议已生效"),
        ],
    )
    def test_says_what_each_state_means(self, owner, make, state, told):
        assert told in page(owner, url("detail", make(**{state: True})))

    def test_shows_the_renewals_from_the_first_on(self, owner, make):
        first = make(superseded=True)
        second = make(active=True, renews=first, starts_on=first.starts_on + timedelta(days=9))
        make(terminated=True, starts_on=first.starts_on - timedelta(days=99))

        for each in (first, second):
            shown = owner.get(url("detail", each)).context["chain"]
            assert [one.agreement for one in shown] == [first, second]

    def test_of_a_draft_is_not_found(self, owner, make):
        assert owner.get(url("detail", make())).status_code == 404


class TestCopy:
    def test_is_kept_as_the_partners(self, owner, make):
        agreement = make(issued=True)

        answer = owner.post(
            url("copy", agreement), {"file": files.pdf()}, headers={"HX-Request": "true"}
        )

        copy = agreement.copies.get()
        assert copy.side == "PARTNER"
        assert reverse("portal:file-view", args=["agreement-copies", copy.pk]) in (
            answer.content.decode()
        )

    def test_is_refused_once_it_is_in_force(self, owner, make):
        agreement = make(active=True)

        answer = owner.post(
            url("copy", agreement), {"file": files.pdf()}, headers={"HX-Request": "true"}
        )

        assert answer.status_code == 422
        assert not agreement.copies.exists()

    @pytest.mark.parametrize("role", ["OPERATOR", "FINANCE", "VIEWER"])
    def test_is_the_owners_to_hand_in(self, signed_in, make, role):
        answer = signed_in(role).post(url("copy", make(issued=True)), {"file": files.pdf()})

        assert answer.status_code == 403

    def test_of_another_partner_is_not_found(self, owner):
        copy = SignedCopyFactory()

        address = reverse("portal:file-download", args=["agreement-copies", copy.pk])
        assert owner.get(address).status_code == 404
        assert owner.post(url("copy", copy.agreement)).status_code == 404

    def test_is_not_for_operators(self, signed_in, make):
        copy = SignedCopyFactory(agreement=make(issued=True))

        address = reverse("portal:file-view", args=["agreement-copies", copy.pk])
        assert signed_in(PartnerRole.OPERATOR).get(address).status_code == 403
