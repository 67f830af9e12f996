"""One suite for every kind of application: what the queue and the page ask, each answers."""

import pytest

from apps.backoffice.judging.kinds import KINDS
from apps.common import clock
from apps.common.errors import ConflictError, DomainError
from apps.reviews.errors import ApplicationChangedError, OwnApplicationError
from apps.reviews.services import claims, judging
from apps.users.choices import StaffRole
from apps.users.permissions import OF_ROLE
from tests.backoffice.judging import MADE, MORNING
from tests.factories.partners import PartnerFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=sorted(KINDS))
def kind(request, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return KINDS[request.param]


@pytest.fixture
def waiting(kind):
    return MADE[kind.name].make()


@pytest.fixture
def judge():
    return StaffFactory(reviewer=True).as_actor()


def approve(kind, waiting, judge):
    version = kind.application(waiting.pk).version
    return judging.approve(kind.review, waiting.pk, version=version, by=judge, at=clock.now())


def reject(kind, waiting, judge, *, reasons=None, remark="请重新提交"):
    return judging.reject(
        kind.review,
        waiting.pk,
        version=kind.application(waiting.pk).version,
        reasons=reasons or [MADE[kind.name].reason],
        remark=remark,
        by=judge,
        at=clock.now(),
    )


def test_every_kind_is_made_here():
    assert set(MADE) == set(KINDS)


class TestWaiting:
    def test_names_subject_and_deadline(self, kind, waiting):
        assert list(kind.waiting().values_list("subject", "due_at")) == [(waiting.pk, MORNING)]

    def test_finds_by_the_partners_name(self, kind):
        found = MADE[kind.name].make(partner=PartnerFactory(name="杭州云栖软件有限公司"))
        MADE[kind.name].make(partner=PartnerFactory(name="上海林间科技有限公司"))

        assert [each.subject for each in kind.waiting("云栖")] == [found.pk]

    def test_forgets_what_was_judged(self, kind, waiting, judge):
        approve(kind, waiting, judge)

        assert not kind.waiting().exists()
        assert kind.application(waiting.pk) is None


class TestRows:
    def test_tells_what_a_line_shows(self, kind, waiting):
        [row] = kind.rows([waiting.pk])

        assert (row.kind, row.subject, row.due_at) == (kind.name, waiting.pk, MORNING)
        assert all((row.title, row.partner, row.order_number, row.submitted_at))

    def test_takes_as_many_queries_for_twenty_as_for_two(self, kind, django_assert_max_num_queries):
        subjects = [MADE[kind.name].make().pk for _row in range(20)]

        for count in (2, 20):
            with django_assert_max_num_queries(2):
                assert len(kind.rows(subjects[:count])) == count


class TestApplication:
    def test_shows_what_is_stated_and_its_papers(self, kind, waiting):
        found = kind.application(waiting.pk)

        assert found.facts
        assert found.papers
        assert found.effect
        assert found.version == str(kind.review.waiting_round(waiting).pk)

    def test_knows_who_entered_it(self, kind, waiting):
        entered_by = waiting.entered_by

        assert kind.application(waiting.pk).judgement(entered_by.as_actor()).obstacle

    def test_shows_the_partners_earlier_applications(self, kind, judge):
        partner = PartnerFactory()
        reject(kind, MADE[kind.name].make(partner=partner), judge)
        later = MADE[kind.name].make(partner=partner)

        record = kind.application(later.pk).record

        assert (record.approved_count, record.rejected_count) == (0, 1)
        assert [decision.remark for decision in record.newest] == ["请重新提交"]
        assert record.newest[0].reasons

    def test_is_none_where_there_never_was_one(self, kind):
        assert kind.application(0) is None
        assert kind.outcome(0) is None


class TestDeciding:
    def test_approves(self, kind, waiting, judge):
        approve(kind, waiting, judge)

        waiting.refresh_from_db()
        assert waiting.status == "APPROVED"
        assert "已通过" in kind.outcome(waiting.pk)

    def test_rejects_with_a_coded_reason(self, kind, waiting, judge):
        reject(kind, waiting, judge)

        waiting.refresh_from_db()
        assert waiting.status == "REJECTED"
        assert "已驳回" in kind.outcome(waiting.pk)

    @pytest.mark.parametrize("decide", [approve, reject])
    def test_refuses_who_entered_it(self, kind, waiting, decide):
        entered_by = waiting.entered_by

        with pytest.raises(DomainError):
            decide(kind, waiting, entered_by.as_actor())

        waiting.refresh_from_db()
        assert waiting.status == "SUBMITTED"

    def test_refuses_while_another_is_at_it(self, kind, waiting, judge):
        colleague = StaffFactory(reviewer=True).as_actor()
        judging.take(kind.review, waiting.pk, by=colleague, at=clock.now())

        with pytest.raises(claims.ClaimedByAnotherError):
            approve(kind, waiting, judge)

    def test_refuses_what_was_handed_in_anew(self, kind, waiting, judge):
        with pytest.raises(ApplicationChangedError):
            judging.approve(kind.review, waiting.pk, version="0", by=judge, at=clock.now())

        waiting.refresh_from_db()
        assert waiting.status == "SUBMITTED"

    def test_a_refused_decision_leaves_no_claim(self, kind, waiting, judge):
        with pytest.raises(ApplicationChangedError):
            judging.approve(kind.review, waiting.pk, version="0", by=judge, at=clock.now())

        colleague = StaffFactory(reviewer=True).as_actor()
        assert judging.take(kind.review, waiting.pk, by=colleague, at=clock.now())

    def test_says_that_it_was_judged_already(self, kind, waiting, judge):
        version = kind.application(waiting.pk).version
        approve(kind, waiting, judge)

        with pytest.raises(ConflictError):
            judging.approve(kind.review, waiting.pk, version=version, by=judge, at=clock.now())

    def test_who_entered_it_does_not_take_it(self, kind, waiting):
        entered_by = waiting.entered_by

        with pytest.raises(OwnApplicationError):
            judging.take(kind.review, waiting.pk, by=entered_by.as_actor(), at=clock.now())


class TestReasons:
    def test_each_has_words_and_a_remedy(self, kind):
        assert len({reason.code for reason in kind.reasons}) == len(kind.reasons)
        assert all(str(reason.label) and str(reason.remedy) for reason in kind.reasons)

    def test_its_permissions_are_those_of_a_role(self, kind):
        permissions = OF_ROLE[StaffRole.REVIEWER]

        assert {kind.view_permission, kind.judge_permission} <= permissions
        assert kind.judge_permission not in OF_ROLE[StaffRole.AUDITOR]


class TestHistory:
    def test_says_who_what_and_why(self, kind, waiting, staff):
        reviewer = staff(StaffRole.REVIEWER)
        address = kind.application(waiting.pk).history_address
        reject(kind, waiting, reviewer.user.as_actor(), remark="公章不清")

        page = reviewer.get(address).content.decode()

        assert all(word in page for word in ("李娜", "公章不清", "已提交", "已驳回"))
