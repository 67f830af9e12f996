"""The queue over all kinds: its order, its filters, its clocks and what it costs."""

from datetime import timedelta

import pytest
import time_machine

from apps.backoffice.judging.kinds import KINDS
from apps.reviews.services import claims
from apps.users.choices import StaffRole
from tests.backoffice.judging import MADE, MORNING, after, letter, pledge, signature
from tests.factories.partners import PartnerFactory
from tests.factories.users import StaffFactory

ADDRESS = "/admin/judging/"


@pytest.fixture(autouse=True)
def _morning(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def reviewer(staff):
    return staff(StaffRole.REVIEWER)


def shown(client, query=""):
    lines = client.get(ADDRESS + query).context["queue"].lines
    return [(line.row.kind, line.row.subject) for line in lines]


def taken(kind, subject, by):
    claims.take(queue=kind, subject_id=str(subject.pk), by=by.as_actor(), at=MORNING)


class TestOrder:
    def test_is_by_deadline_over_all_kinds(self, reviewer):
        late, later, latest = (
            pledge(due_at=after(-60)),
            signature(due_at=after(5)),
            letter(due_at=after(30)),
        )

        assert shown(reviewer) == [
            ("pledges", late.pk),
            ("signatures", later.pk),
            ("letters", latest.pk),
        ]

    def test_has_pages(self, reviewer):
        made = [signature(due_at=after(minute)).pk for minute in range(27)]

        first, second = shown(reviewer), shown(reviewer, "?page=2")

        assert [subject for _kind, subject in first + second] == made
        assert len(first) == 25

    def test_a_page_beyond_the_end_is_the_last(self, reviewer):
        made = signature()

        assert shown(reviewer, "?page=9") == [("signatures", made.pk)]


class TestFilters:
    @pytest.fixture
    def all_kinds(self):
        return {name: made.make(due_at=after(10)) for name, made in MADE.items()}

    @pytest.mark.parametrize("kind", sorted(KINDS))
    def test_by_kind(self, reviewer, all_kinds, kind):
        assert shown(reviewer, f"?kind={kind}") == [(kind, all_kinds[kind].pk)]

    def test_mine_and_nobodys(self, reviewer, all_kinds):
        taken("letters", all_kinds["letters"], reviewer.user)
        taken("pledges", all_kinds["pledges"], StaffFactory(reviewer=True))

        assert shown(reviewer, "?whose=mine") == [("letters", all_kinds["letters"].pk)]
        assert shown(reviewer, "?whose=free") == [("signatures", all_kinds["signatures"].pk)]

    def test_a_lapsed_claim_is_nobodys(self, reviewer, all_kinds):
        taken("letters", all_kinds["letters"], reviewer.user)

        with time_machine.travel(after(31), tick=False):
            assert shown(reviewer, "?whose=mine") == []
            assert len(shown(reviewer, "?whose=free")) == 3

    def test_overdue(self, reviewer, all_kinds):
        late = signature(due_at=after(-1))

        assert shown(reviewer, "?overdue=1") == [("signatures", late.pk)]

    def test_by_the_partner(self, reviewer, all_kinds):
        partner = PartnerFactory(name="杭州云栖软件有限公司")
        made = {name: kind.make(partner=partner) for name, kind in MADE.items()}

        assert set(shown(reviewer, "?words=云栖")) == {
            (name, each.pk) for name, each in made.items()
        }

    @pytest.mark.parametrize("query", ["?kind=nothing", "?whose=1", "?page=x"])
    def test_nonsense_shows_everything(self, reviewer, all_kinds, query):
        assert len(shown(reviewer, query)) == 3


class TestLines:
    def test_counts_all_whatever_is_shown(self, reviewer):
        taken("signatures", signature(due_at=after(-1)), reviewer.user)
        pledge(due_at=after(5))

        counts = reviewer.get(f"{ADDRESS}?kind=letters").context["queue"].counts

        assert (counts.waiting, counts.overdue, counts.mine) == (2, 1, 1)

    @pytest.mark.parametrize(
        ("minutes", "tone", "words"),
        [
            pytest.param(95, "calm", "剩余 1 小时 35 分", id="time enough"),
            pytest.param(20, "soon", "剩余 20 分钟", id="soon"),
            pytest.param(-15, "late", "超时 15 分钟", id="late"),
            pytest.param(-24 * 60, "late", "超时 1 小时 0 分", id="only working time counts"),
        ],
    )
    def test_have_a_clock_in_words(self, reviewer, minutes, tone, words):
        signature(due_at=after(minutes))

        [line] = reviewer.get(ADDRESS).context["queue"].lines

        assert (line.clock.tone, line.clock.words) == (tone, words)

    def test_say_that_the_clock_stands_still(self, reviewer):
        signature(due_at=after(120))

        with time_machine.travel(MORNING + timedelta(hours=2, minutes=30), tick=False):
            assert "非工作时间" in reviewer.get(ADDRESS).content.decode()

    def test_say_who_took_it_and_until_when(self, reviewer):
        taken("signatures", signature(), StaffFactory(reviewer=True, last_name="赵"))

        page = reviewer.get(ADDRESS).content.decode()

        assert "赵娜" in page
        assert "至 10:30" in page

    def test_an_empty_queue_says_so(self, reviewer):
        assert "没有待审申请" in reviewer.get(ADDRESS).content.decode()

    def test_an_auditor_looks_only(self, staff):
        made = signature()

        page = staff(StaffRole.AUDITOR).get(ADDRESS).content.decode()

        assert f"/admin/judging/signatures/{made.pk}/" in page
        assert "/take/" not in page
        assert 'name="chosen"' not in page

    def test_are_refreshed_without_the_page_around(self, reviewer):
        signature()

        page = reviewer.get(ADDRESS, headers={"HX-Request": "true"}).content.decode()

        assert page.lstrip().startswith('<div id="judging-queue"')


def test_needs_as_many_queries_for_twenty_as_for_two(reviewer, django_assert_max_num_queries):
    for count in (1, 7):
        for made in MADE.values():
            for _row in range(count):
                made.make()
        with django_assert_max_num_queries(21):
            reviewer.get(ADDRESS)
