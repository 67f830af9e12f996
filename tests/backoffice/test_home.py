from datetime import timedelta

from apps.audit.actors import SYSTEM
from apps.common import clock, heartbeats
from apps.users.choices import StaffRole
from apps.users.services import proposals
from tests.factories.agreements import AgreementFactory
from tests.factories.messaging import queue
from tests.factories.partners import AccountFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.recharges import BankEntryFactory, RechargeFactory, ReversalFactory
from tests.factories.signatures import SignatureFactory


def page_of(client):
    return client.get("/admin/").content.decode()


class TestHome:
    def test_counts_what_waits(self, staff):
        SignatureFactory.create_batch(3, submitted=True)
        PledgeFactory.create_batch(2, submitted=True)
        BankEntryFactory()
        RechargeFactory()
        ReversalFactory()
        AgreementFactory(signed=True)
        proposals.make(
            kind="recharges.change_policy",
            payload={"one_person_max_yuan": "20000.00", "cut_off": "16:30"},
            reason="月末对账",
            by=SYSTEM,
            at=clock.now(),
        )

        waiting = staff().get("/admin/").context["waiting"]

        assert waiting.applications == 5
        assert waiting.overdue_applications == 5
        assert waiting.bank_entries == 1
        assert waiting.recharges == 1
        assert waiting.reversals == 1
        assert (waiting.due_today, waiting.late) == (0, 2)
        assert waiting.agreements == 1
        assert waiting.proposals == 1

    def test_links_each_count_to_its_list(self, staff):
        SignatureFactory(submitted=True)
        SignatureFactory(approved=True)
        client = staff()

        assert 'href="/admin/judging/"' in page_of(client)
        assert len(client.get("/admin/judging/").context["queue"].lines) == 1

    def test_counts_agreements_that_end_soon(self, staff):
        today = clock.local_date(clock.now())
        AgreementFactory(active=True, ends_on=today + timedelta(days=10))
        AgreementFactory(active=True, ends_on=today + timedelta(days=90))

        assert staff().get("/admin/").context["expiring_agreements"] == 1

    def test_adds_up_todays_traffic_without_tests(self, staff):
        account = AccountFactory()
        queue(account, ["13800138000", "13800138001"])
        queue(account, ["13800138002"], is_test=True)

        traffic = staff().get("/admin/").context["traffic"]

        assert (traffic.batches, traffic.messages, traffic.segments) == (1, 2, 2)

    def test_says_that_no_worker_runs(self, staff):
        assert "没有发送进程" in page_of(staff())

    def test_says_that_dispatch_runs(self, staff):
        at = clock.now()
        heartbeats.beat(name="w1", started_at=at, at=at)

        assert "运行正常" in page_of(staff())

    def test_says_that_dispatch_is_late(self, staff):
        at = clock.now()
        heartbeats.beat(name="w1", started_at=at, at=at)
        queue(AccountFactory(), at=at - timedelta(minutes=5))

        assert "有延迟" in page_of(staff())

    def test_is_english_where_that_was_chosen(self, staff):
        client = staff()
        client.cookies["django_language"] = "en"

        assert "Waiting for a decision" in page_of(client)

    def test_needs_as_many_queries_for_twenty_as_for_two(
        self, staff, django_assert_max_num_queries
    ):
        client = staff()
        for rows in (2, 20):
            SignatureFactory.create_batch(rows, submitted=True)
            queue(AccountFactory(), [f"1380013{place:04}" for place in range(rows)])
            with django_assert_max_num_queries(17):
                client.get("/admin/")


class TestNavigation:
    def test_is_by_task(self, staff):
        page = page_of(staff())

        assert all(task in page for task in ("审核申请", "匹配到账", "复核充值", "短信日志"))

    def test_shows_what_waits_beside_the_task(self, staff):
        SignatureFactory.create_batch(7, submitted=True)

        groups = staff().get("/admin/").context["sidebar_navigation"]

        badges = {str(item["title"]): item.get("badge") for item in groups[0]["items"]}
        assert badges["审核申请"] == 7
        assert badges["复核充值"] is None

    def test_marks_where_one_is(self, staff):
        groups = staff().get("/admin/approvals/").context["sidebar_navigation"]

        active = [
            str(item["title"]) for group in groups for item in group["items"] if item["active"]
        ]
        assert active == ["复核充值"]

    def test_is_the_same_for_an_auditor(self, staff):
        assert "短信日志" in page_of(staff(StaffRole.AUDITOR))
