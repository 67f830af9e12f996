"""Several at once, only where nothing differs."""

from datetime import date

import pytest

from apps.common import clock
from apps.reviews.services import claims
from apps.signatures.models import ProofDocument, Round
from apps.users.choices import StaffRole
from tests.backoffice.judging import letter, signature
from tests.factories.partners import AccountFactory, PartnerFactory
from tests.factories.users import StaffFactory

ADDRESS = "/admin/judging/together/"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PREVIEWS_ROOT = tmp_path / "previews"


@pytest.fixture
def reviewer(staff):
    return staff(StaffRole.REVIEWER)


@pytest.fixture
def alike():
    """Two signatures of one partner on the very same licence."""
    partner = PartnerFactory(name="北京青禾软件有限公司")
    made = [signature(partner=partner, text=text) for text in ("青禾软件", "北京青禾")]
    ProofDocument.objects.update(sha256="a" * 64)
    return made


def keys(made):
    return [f"signatures-{each.pk}" for each in made]


def look(client, chosen):
    return client.get(ADDRESS, {"chosen": chosen})


def approve(client, made):
    shown = look(client, keys(made)).context["comparison"].applications
    versions = {f"version-{each.row.key}": each.version for each in shown}
    response = client.post(ADDRESS, {"chosen": keys(made), **versions})
    for each in made:
        each.refresh_from_db()
    return response


def another_partner(made):
    made[1].account = AccountFactory()
    made[1].save()


def another_file(made):
    ProofDocument.objects.filter(signature=made[1]).update(sha256="b" * 64)


def another_end(made):
    ProofDocument.objects.filter(signature=made[1]).update(valid_until=date(2099, 1, 1))


def another_statement(made):
    opened = Round.objects.get(signature=made[1])
    opened.particulars["legal_person"] = "周涛"
    opened.save()


def another_is_at_it(made):
    colleague = StaffFactory(reviewer=True).as_actor()
    claims.take(queue="signatures", subject_id=str(made[1].pk), by=colleague, at=clock.now())


def ended_paper(made):
    ProofDocument.objects.update(valid_until=date(2020, 1, 1))


def judged(made):
    Round.objects.filter(signature=made[1]).update(status="WITHDRAWN", judged_at=clock.now())


class TestComparing:
    def test_shows_what_is_the_same(self, reviewer, alike):
        response = look(reviewer, keys(alike))

        assert response.context["comparison"].obstacles == ()
        assert "通过 2 件申请" in response.content.decode()

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (another_partner, "属于不同的合作伙伴"),
            (another_file, "以下内容不一致：材料"),
            (another_end, "以下内容不一致：材料"),
            (another_statement, "以下内容不一致：法定代表人"),
            (another_is_at_it, "正由李娜审核"),
            (ended_paper, "缺少必需材料，或材料已过期"),
            (judged, "其中 1 件已不在待审状态"),
        ],
    )
    def test_says_why_not(self, reviewer, alike, change, words):
        change(alike)

        response = look(reviewer, keys(alike))
        approve(reviewer, alike)

        assert words in response.content.decode()
        assert "件申请</button>" not in response.content.decode()
        assert alike[0].status == "SUBMITTED"

    def test_says_that_one_is_ones_own(self, reviewer, alike):
        type(alike[0]).objects.filter(pk=alike[0].pk).update(entered_by=reviewer.user)

        assert "须由他人办理" in look(reviewer, keys(alike)).content.decode()

    @pytest.mark.parametrize(
        "chosen",
        [
            [],
            ["signatures-1"],
            ["signatures-1", "signatures-1"],
            ["x"] * 2,
            ["signatures-x", "x-1"],
        ],
    )
    def test_nonsense_is_no_choice(self, reviewer, chosen):
        assert look(reviewer, chosen).context["comparison"].obstacles

    def test_kinds_are_not_mixed(self, reviewer, alike):
        chosen = [f"signatures-{alike[0].pk}", f"letters-{letter().pk}"]

        assert "种类不同" in look(reviewer, chosen).content.decode()


class TestApproving:
    def test_approves_each(self, reviewer, alike):
        response = approve(reviewer, alike)

        assert [each.status for each in alike] == ["APPROVED", "APPROVED"]
        assert all(outcome.is_approved for outcome in response.context["outcomes"])

    def test_one_that_fails_does_not_stop_the_others(self, reviewer, alike):
        versions = {
            f"version-{each.row.key}": each.version
            for each in look(reviewer, keys(alike)).context["comparison"].applications
        }
        versions[f"version-signatures-{alike[0].pk}"] = "0"

        response = reviewer.post(ADDRESS, {"chosen": keys(alike), **versions})

        assert [each.is_approved for each in response.context["outcomes"]] == [False, True]
        assert "已重新提交" in response.content.decode()

    def test_is_not_for_an_auditor(self, staff, alike):
        assert staff(StaffRole.AUDITOR).post(ADDRESS, {"chosen": keys(alike)}).status_code == 403
