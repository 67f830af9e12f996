"""Security pledges, as a partner's people fill them in, hand them in and follow them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.common import clock
from apps.partners.choices import PartnerRole
from tests.factories import files
from tests.factories.partners import CustomerFactory, GatewayFactory
from tests.factories.pledges import FirstTemplateFactory, PledgeFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.PREVIEWS_ROOT = tmp_path / "previews"


@pytest.fixture
def make(qinghe):
    """Return a function that makes a pledge of a customer of the partner."""
    return lambda **wishes: PledgeFactory(customer__partner=qinghe.partner, **wishes)


def url(route, pledge, *more):
    return reverse(f"portal:pledge-{route}", args=[pledge.pk, *more])


def page(client, address):
    return client.get(address).content.decode()


def said(pledge, **fields):
    kept = {
        "audience": pledge.audience,
        "consent": pledge.consent,
        "samples": "\r\n".join(pledge.samples),
    }
    return kept | fields


class TestEdit:
    def test_keeps_a_draft(self, owner, make):
        pledge = make()

        owner.post(url("edit", pledge), said(pledge, samples="积分到期\r\n\r\n 新品到店 "))

        pledge.refresh_from_db()
        assert (pledge.samples, pledge.form.name) == (["积分到期", "新品到店"], "")

    def test_makes_the_form_to_print(self, owner, make):
        GatewayFactory()
        FirstTemplateFactory()
        pledge = make()

        shown = owner.post(url("edit", pledge), said(pledge, print="1"), follow=True)

        saved = owner.get(reverse("portal:file-download", args=["pledge-forms", pledge.pk]))
        assert reverse("portal:file-view", args=["pledge-forms", pledge.pk]) in (
            shown.content.decode()
        )
        assert b"".join(saved.streaming_content).startswith(b"%PDF")

    def test_of_nothing_new_keeps_the_paper(self, owner, make):
        pledge = make(copied=True)

        owner.post(url("edit", pledge), said(pledge))

        pledge.refresh_from_db()
        assert pledge.signed_copy

    def test_names_what_is_missing_before_it_can_be_printed(self, owner, qinghe):
        GatewayFactory()
        FirstTemplateFactory()
        pledge = PledgeFactory(customer__partner=qinghe.partner, customer__legal_person="")

        answer = owner.post(url("edit", pledge), said(pledge, audience="", print="1"))

        pledge.refresh_from_db()
        assert "法定代表人" in answer.context["form"].non_field_errors()[0]
        assert pledge.audience == ""

    def test_tells_that_there_are_too_many_samples(self, owner, make):
        pledge = make()

        answer = owner.post(url("edit", pledge), said(pledge, samples="\r\n".join("一二三四五六")))

        assert "一至五条" in answer.context["form"].non_field_errors()[0]

    def test_tells_that_the_customer_changed_after_printing(self, owner, make):
        pledge = make(printed=True)
        pledge.customer.address = "杭州市西湖区文三路 1 号"
        pledge.customer.save()

        assert "重新生成" in page(owner, url("edit", pledge))

    def test_tells_what_was_refused_and_how_to_mend_it(self, owner, make):
        shown = page(owner, url("edit", make(rejected=True)))

        assert "骑缝" in shown
        assert "未盖章" in shown

    def test_of_what_waits_leads_to_where_it_stands(self, owner, make):
        pledge = make(submitted=True)

        assert owner.get(url("edit", pledge)).headers["Location"] == url("detail", pledge)


class TestCopy:
    def test_is_added_and_shown(self, owner, make):
        pledge = make(printed=True)

        answer = owner.post(url("copy", pledge), {"file": files.jpeg()}, headers=HTMX)

        pledge.refresh_from_db()
        assert pledge.content_type == "image/jpeg"
        assert reverse("portal:file-view", args=["pledges", pledge.pk]) in answer.content.decode()

    def test_is_refused_with_the_reason_alone(self, owner, make):
        file = files.io.BytesIO(b"")
        file.name = "empty.pdf"

        answer = owner.post(url("copy", make(printed=True)), {"file": file}, headers=HTMX)

        assert answer.status_code == 422
        assert answer.content.decode().startswith("文件")

    def test_is_told_at_the_top_without_scripts(self, owner, make):
        answer = owner.post(url("copy", make()), {"file": files.pdf()}, follow=True)

        assert "请先打印" in answer.content.decode()


class TestSteps:
    def test_hands_in(self, owner, make):
        GatewayFactory()
        pledge = make(copied=True)

        owner.post(url("step", pledge, "submit"))

        pledge.refresh_from_db()
        assert pledge.status == "SUBMITTED"

    def test_refused_to_hand_in_leads_back_to_the_form(self, owner, make):
        pledge = make(printed=True)

        answer = owner.post(url("step", pledge, "submit"))

        assert answer.headers["Location"] == url("edit", pledge)

    @pytest.mark.parametrize(
        ("state", "step", "then"),
        [
            ("submitted", "withdraw", "DRAFT"),
            ("rejected", "give-up", "ABANDONED"),
        ],
    )
    def test_moves_it_on(self, owner, make, state, step, then):
        pledge = make(**{state: True})

        owner.post(url("step", pledge, step))

        pledge.refresh_from_db()
        assert pledge.status == then

    def test_urges(self, owner, make):
        pledge = make(submitted=True)

        owner.post(url("step", pledge, "urge"))

        assert pledge.rounds.get().urged_at is not None

    def test_renews_into_a_new_draft(self, owner, make):
        pledge = make(approved=True)

        answer = owner.post(url("step", pledge, "renew"))

        assert answer.headers["Location"] == url("edit", pledge.renewals.get())

    def test_does_not_know_other_steps(self, owner, make):
        assert owner.post(url("step", make(), "approve")).status_code == 404

    @pytest.mark.parametrize("role", [PartnerRole.FINANCE, PartnerRole.VIEWER])
    def test_are_for_who_may_write(self, signed_in, make, role):
        assert signed_in(role).post(url("step", make(), "give-up")).status_code == 403


class TestDetail:
    def test_shows_each_submission_with_reasons_and_remedies(self, owner, make):
        shown = page(owner, url("detail", make(rejected=True)))

        assert "第 1 次提交" in shown
        assert "骑缝" in shown

    def test_shows_until_when_it_holds(self, owner, make):
        today = clock.local_date(clock.now())
        pledge = make(approved=True, valid_from=today, valid_until=today + timedelta(days=7))

        shown = page(owner, url("detail", pledge))

        assert f"{today + timedelta(days=6):%Y-%m-%d}" in shown
        assert "剩 7 天" in shown

    def test_offers_to_urge_an_hour_later_only(self, owner, make):
        pledge = make(submitted=True, submitted_at=clock.now())

        assert "disabled" in page(owner, url("detail", pledge))

    @pytest.mark.parametrize("state", ["printed", "revoked", "expired", "abandoned"])
    def test_shows_every_state(self, owner, make, state):
        assert owner.get(url("detail", make(**{state: True}))).status_code == 200

    def test_is_read_by_who_may_not_write(self, signed_in, make):
        pledge = make(submitted=True)

        shown = page(signed_in(PartnerRole.VIEWER), url("detail", pledge))

        assert url("step", pledge, "withdraw") not in shown


@pytest.mark.parametrize("more", [("copy",), ("step", "submit"), ("step", "give-up")])
def test_of_another_partner_is_not_changed(owner, more):
    route, *step = more
    stranger = PledgeFactory(customer=CustomerFactory())

    assert owner.post(url(route, stranger, *step)).status_code == 404


def test_file_of_another_partner_is_not_found(owner):
    stranger = PledgeFactory(submitted=True)

    for kind, row in [("pledges", stranger), ("pledge-copies", stranger.rounds.get())]:
        address = reverse("portal:file-download", args=[kind, row.pk])
        assert owner.get(address).status_code == 404
