"""One application: taken, decided, given back; what may not happen is said in words."""

import pytest
from django.urls import reverse

from apps.common import clock
from apps.reviews.models import Claim
from apps.reviews.services import submissions
from apps.signatures.choices import Source, Use
from apps.signatures.services import applications
from apps.signatures.services.kinds import SIGNATURES
from apps.users.choices import StaffRole
from tests.backoffice.judging import letter, pledge, signature
from tests.factories.users import StaffFactory


@pytest.fixture(autouse=True)
def _files(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PREVIEWS_ROOT = tmp_path / "previews"


@pytest.fixture
def reviewer(staff):
    return staff(StaffRole.REVIEWER)


def address(kind, made, verb="application"):
    return reverse(f"backoffice:judging-{verb}", args=[kind, made.pk])


def take(client, made, kind="signatures"):
    return client.post(address(kind, made, "take"), follow=True)


def decide(client, made, verb, *, kind="signatures", **values):
    shown = client.get(address(kind, made)).context
    version = shown["application"].version if shown and "application" in shown else ""
    values.setdefault("version", version)
    response = client.post(address(kind, made, verb), values, follow=True)
    made.refresh_from_db()
    return response


class TestTaking:
    def test_keeps_others_from_deciding(self, reviewer, staff):
        made = signature()
        take(reviewer, made)
        second = staff(StaffRole.REVIEWER)

        page = second.get(address("signatures", made)).content.decode()
        refused = decide(second, made, "approve").content.decode()

        assert "李娜正在审核此申请" in page
        assert 'name="version"' not in page
        assert "请处理下一件" in refused or "李娜" in refused
        assert made.status == "SUBMITTED"

    def test_looking_takes_nothing(self, reviewer):
        made = signature()

        reviewer.get(address("signatures", made))

        assert not Claim.objects.exists()

    def test_giving_back_lets_others_take_it(self, reviewer, staff):
        made = signature()
        take(reviewer, made)

        reviewer.post(address("signatures", made, "release"))

        assert take(staff(StaffRole.REVIEWER), made).context["line"].is_mine

    def test_working_on_it_prolongs_it(self, reviewer):
        made = signature()
        take(reviewer, made)
        Claim.objects.update(lapses_at=clock.now())

        response = reviewer.post(
            address("signatures", made, "take"), headers={"HX-Request": "true"}
        )

        assert response.status_code == 204
        assert Claim.objects.get().holds_at(clock.now())

    def test_who_entered_it_is_told_at_once(self, reviewer):
        made = signature(entered_by=reviewer.user)

        page = take(reviewer, made).content.decode()

        assert "须由他人办理：另一名审核人员" in page
        assert not Claim.objects.exists()

    @pytest.mark.parametrize("verb", ["take", "release", "approve", "reject"])
    def test_is_not_for_an_auditor(self, staff, verb):
        made = signature()

        response = staff(StaffRole.AUDITOR).post(address("signatures", made, verb))

        assert response.status_code == 403

    def test_the_page_of_who_was_overtaken_loads_anew(self, reviewer):
        made = signature()
        take(reviewer, made)
        Claim.objects.update(claimed_by=StaffFactory(reviewer=True))

        response = reviewer.get(
            address("signatures", made) + "?part=state&mine=1", headers={"HX-Request": "true"}
        )

        assert response.headers["HX-Refresh"] == "true"


class TestDeciding:
    def test_goes_on_to_the_next_and_takes_it(self, reviewer):
        made, following = signature(), pledge()

        response = decide(reviewer, made, "approve")

        assert made.status == "APPROVED"
        assert response.redirect_chain[-1][0] == address("pledges", following)
        assert response.context["line"].is_mine
        assert "已通过" in response.content.decode()

    def test_passes_over_what_others_are_at_and_what_is_ones_own(self, reviewer, staff):
        made, others, _own, free = (
            signature(), signature(), letter(entered_by=reviewer.user), pledge()
        )  # fmt: skip
        take(staff(StaffRole.REVIEWER), others)

        response = decide(reviewer, made, "approve")

        assert response.redirect_chain[-1][0] == address("pledges", free)

    def test_keeps_to_the_part_of_the_queue_that_was_chosen(self, reviewer):
        made, _other, following = signature(), pledge(), signature()
        version = reviewer.get(address("signatures", made)).context["application"].version

        response = reviewer.post(
            address("signatures", made, "approve") + "?kind=signatures", {"version": version}
        )

        assert response.url == address("signatures", following) + "?kind=signatures"

    def test_ends_at_the_queue(self, reviewer):
        response = decide(reviewer, signature(), "approve")

        assert response.redirect_chain[-1][0] == "/admin/judging/"

    def test_rejecting_needs_a_reason(self, reviewer):
        made = signature()
        take(reviewer, made)

        page = decide(reviewer, made, "reject", remark="执照模糊").content.decode()

        assert made.status == "SUBMITTED"
        assert "请至少选择一个原因" in page
        assert "执照模糊" in page

    def test_a_rule_of_the_service_is_said_and_what_was_typed_stays(self, reviewer):
        made = signature()
        take(reviewer, made)

        page = decide(reviewer, made, "reject", reasons=["OTHER"]).content.decode()

        assert made.status == "SUBMITTED"
        assert 'role="alert"' in page
        assert 'value="OTHER" checked' in page

    def test_four_eyes(self, reviewer):
        made = signature(entered_by=reviewer.user)

        page = decide(reviewer, made, "approve").content.decode()

        assert made.status == "SUBMITTED"
        assert "须由他人办理：另一名审核人员" in page

    def test_what_was_judged_meanwhile_says_so(self, reviewer, staff):
        made = signature()
        decide(staff(StaffRole.REVIEWER), made, "approve")

        response = reviewer.post(
            address("signatures", made, "reject"),
            {"reasons": ["OTHER"], "remark": "x"},
            follow=True,
        )

        made.refresh_from_db()
        assert made.status == "APPROVED"
        assert response.redirect_chain[-1][0] == "/admin/judging/"
        assert "已通过" in response.content.decode()

    def test_what_was_handed_in_anew_is_looked_at_anew(self, reviewer):
        made = signature()
        version = reviewer.get(address("signatures", made)).context["application"].version
        owner = made.entered_by.as_actor()
        submissions.withdraw(SIGNATURES, made.pk, by=owner, at=clock.now())
        applications.edit(
            signature_id=made.pk, text="青禾云", source=Source.COMPANY, use=Use.OWN, by=owner
        )
        submissions.hand_in(SIGNATURES, made.pk, by=owner, at=clock.now())

        page = decide(reviewer, made, "approve", version=version).content.decode()

        assert made.status == "SUBMITTED"
        assert "该申请已重新提交" in page

    @pytest.mark.parametrize("path", ["signatures/0/", "remittances/1/"])
    def test_what_there_is_not_is_not_found(self, reviewer, path):
        assert reviewer.get(f"/admin/judging/{path}").status_code == 404


class TestShowing:
    def test_shows_what_was_changed_since_the_refusal(self, reviewer):
        made = signature(text="青禾集团")
        decide(reviewer, made, "reject", reasons=["TEXT_NOT_OWNED"], remark="")
        owner = made.entered_by.as_actor()
        applications.edit(
            signature_id=made.pk, text="青禾软件", source=Source.COMPANY, use=Use.OWN, by=owner
        )
        submissions.hand_in(SIGNATURES, made.pk, by=owner, at=clock.now())

        page = reviewer.get(address("signatures", made))

        changed = [fact for fact in page.context["application"].facts if fact.is_changed]
        assert [fact.earlier for fact in changed] == [("【青禾集团】",)]
        assert "材料不能证明" in page.content.decode() or "以往提交" in page.content.decode()

    def test_shows_a_document_alone_to_htmx(self, reviewer):
        made = pledge()

        page = reviewer.get(
            address("pledges", made) + "?part=papers&paper=1", headers={"HX-Request": "true"}
        )

        assert page.content.decode().lstrip().startswith('<section id="judging-papers"')
        assert page.context["place"] == 1

    def test_the_same_scan_elsewhere_is_noticed(self, reviewer):
        pledge()  # the factory's scans are one and the same file
        decide(reviewer, pledge(), "approve", kind="pledges")

        page = reviewer.get(address("pledges", pledge())).content.decode()

        assert "同一扫描件" in page
