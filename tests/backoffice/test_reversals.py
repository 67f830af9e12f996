from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from apps.audit.actors import SYSTEM
from apps.ledger.models import Balance
from apps.ledger.services import credits as ledger_credits
from apps.recharges.models import BankEntry, Recharge, RechargePolicy, Reversal
from apps.recharges.services import recharges, reversals
from apps.users.choices import StaffRole
from apps.users.models import Proposal
from tests.factories.partners import GatewayFactory
from tests.factories.recharges import MORNING, RechargeFactory, ReversalFactory
from tests.factories.users import StaffFactory
from tests.recharges.test_lots import SPEND, move

pytestmark = pytest.mark.django_db
PAGE = "/admin/approvals/"


@pytest.fixture
def finance(staff):
    return staff(StaffRole.FINANCE)


def credited(*, spent=0, **fields):
    """A recharge of 200 000 segments, some of them spent."""
    recharge = recharges.confirm(recharge_id=RechargeFactory(**fields).pk, by=SYSTEM, at=MORNING)
    if spent:
        move(recharge.account, SPEND, spent)
    return recharge


def asked(recharge, by=None, cause="BOOKED_WRONGLY"):
    by = (by or StaffFactory(finance=True)).as_actor()
    return reversals.request(
        recharge_id=recharge.pk, cause=cause, reason="记到了别的账户", by=by, at=MORNING
    )


def press(client, name, row, **form):
    address = reverse(name, args=[row.pk])
    return client.post(address, form | {"_form_submitted": "1"}, follow=True)


def levels(response):
    return [each.level_tag for each in response.context["messages"]]


class TestTakingBack:
    BUTTON = "admin:recharges_recharge_take_back"

    def test_shows_beforehand_what_would_be_frozen_and_owed(self, finance):
        recharge = credited(spent=150_000)

        page = finance.get(reverse(self.BUTTON, args=[recharge.pk])).text

        assert all(number in page for number in ("200,000", "50,000", "150,000"))

    def test_freezes_and_waits_for_a_second_person(self, finance):
        recharge = credited(spent=150_000)

        press(finance, self.BUTTON, recharge, cause="BANK_RECALL", reason="银行来函追回")

        found = Reversal.objects.get()
        assert (found.status, found.cause, found.held_segments) == (
            "PENDING",
            "BANK_RECALL",
            50_000,
        )

    def test_needs_a_reason(self, finance):
        press(finance, self.BUTTON, credited(), cause="BANK_RECALL", reason="  ")

        assert not Reversal.objects.exists()

    def test_is_offered_once(self, finance):
        recharge = credited()
        button = reverse(self.BUTTON, args=[recharge.pk])
        page = reverse("admin:recharges_recharge_change", args=[recharge.pk])

        before = finance.get(page).text
        asked(recharge)

        assert button in before
        assert button not in finance.get(page).text


class TestOnTheApprovals:
    def test_shows_what_is_frozen_and_what_would_be_owed(self, finance):
        reversal = asked(credited(spent=150_000))

        (row,) = finance.get(PAGE).context["reversals"]

        assert row.reversal == reversal
        assert (row.forecast.frozen, row.forecast.to_take, row.forecast.to_owe) == (
            50_000,
            50_000,
            150_000,
        )

    def test_approving_takes_back_what_was_shown(self, finance):
        reversal = asked(credited(spent=150_000))

        response = press(finance, "backoffice:reversal-approve", reversal)

        reversal.refresh_from_db()
        assert levels(response) == ["success"]
        assert (reversal.taken_segments, reversal.owed_segments) == (50_000, 150_000)
        assert BankEntry.objects.free().count() == 1

    def test_whoever_asked_reads_why_they_may_not(self, finance):
        reversal = asked(credited(), by=finance.user)

        (row,) = finance.get(PAGE).context["reversals"]
        response = press(finance, "backoffice:reversal-approve", reversal)

        assert row.judgement.obstacle
        assert levels(response) == ["error"]
        assert Recharge.objects.get().status == "CONFIRMED"

    def test_declining_gives_the_frozen_free(self, finance):
        reversal = asked(credited())

        press(finance, "backoffice:reversal-decline", reversal, reason="到账无误")

        assert Reversal.objects.get().status == "DECLINED"
        assert Balance.objects.get().available == 200_000

    def test_declining_needs_a_reason(self, finance):
        reversal = asked(credited())

        response = press(finance, "backoffice:reversal-decline", reversal, reason=" ")

        assert levels(response) == ["error"]
        assert Reversal.objects.get().status == "PENDING"

    def test_tells_whoever_comes_second(self, finance):
        reversal = asked(credited())
        reversals.approve(reversal_id=reversal.pk, by=SYSTEM, at=MORNING)

        assert levels(press(finance, "backoffice:reversal-approve", reversal)) == ["error"]


class TestItsOwnPage:
    def test_approving_shows_what_it_would_do(self, finance):
        reversal = asked(credited(spent=150_000))

        page = finance.get(reverse("admin:recharges_reversal_approve", args=[reversal.pk])).text

        assert "150,000" in page

    @pytest.mark.parametrize(
        ("name", "form", "status"),
        [("approve", {}, "APPROVED"), ("decline", {"reason": "到账无误"}, "DECLINED")],
    )
    def test_decides(self, finance, name, form, status):
        reversal = asked(credited())

        press(finance, f"admin:recharges_reversal_{name}", reversal, **form)

        assert Reversal.objects.get().status == status

    def test_collects_what_came_back(self, finance):
        reversal = ReversalFactory(approved=True)
        ledger_credits.recharge(
            account_id=reversal.recharge.account_id,
            segments=150_000,
            recharge_id=1,
            by=SYSTEM,
            at=MORNING,
        )

        press(finance, "admin:recharges_reversal_collect", reversal)

        assert Reversal.objects.get().outstanding_segments == 50_000

    def test_writes_off_with_a_reason(self, finance):
        reversal = ReversalFactory(approved=True)

        press(finance, "admin:recharges_reversal_write_off", reversal, reason="我方记错")

        reversal.refresh_from_db()
        assert (reversal.written_off_segments, reversal.write_off_reason) == (200_000, "我方记错")

    def test_offers_nothing_where_nothing_is_owed(self, finance):
        reversal = ReversalFactory(approved=True, recovered_segments=200_000)

        page = finance.get(reverse("admin:recharges_reversal_change", args=[reversal.pk])).text

        assert "/write_off" not in page
        assert "/collect" not in page


class TestRecharge:
    def test_shows_number_lot_and_reversal(self, finance):
        recharge = credited()
        reversal = asked(recharge)

        page = finance.get(reverse("admin:recharges_recharge_change", args=[recharge.pk])).text

        assert recharge.number in page
        assert reverse("admin:recharges_lot_change", args=[recharge.lots.get().pk]) in page
        assert reverse("admin:recharges_reversal_change", args=[reversal.pk]) in page

    def test_makes_its_receipt_and_opens_it(self, finance, settings, tmp_path):
        settings.MEDIA_ROOT, settings.PREVIEWS_ROOT = tmp_path / "files", tmp_path / "previews"
        GatewayFactory()
        recharge = credited()

        response = press(finance, "admin:recharges_recharge_make_receipt", recharge)

        recharge.refresh_from_db()
        opened = urlsplit(response.redirect_chain[-1][0]).path
        assert opened == reverse("backoffice:file-view", args=["receipts", recharge.receipt.pk])
        assert response.status_code == 200


class TestBankEntry:
    def test_shows_its_clock_and_every_recharge_from_it(self, finance):
        recharge = credited()
        reversals.approve(reversal_id=asked(recharge).pk, by=SYSTEM, at=MORNING)
        entry = recharge.bank_entry
        again = RechargeFactory(bank_entry=entry)

        page = finance.get(reverse("admin:recharges_bankentry_change", args=[entry.pk])).text

        assert recharge.number in page
        assert again.number in page

    def test_is_proposed_again_after_it_was_booked_wrongly(self, finance):
        recharge = credited()
        entry = recharge.bank_entry
        button = reverse("admin:recharges_bankentry_propose", args=[entry.pk])
        page = reverse("admin:recharges_bankentry_change", args=[entry.pk])

        before = finance.get(page).text
        reversals.approve(reversal_id=asked(recharge).pk, by=SYSTEM, at=MORNING)

        assert button not in before
        assert button in finance.get(page).text


class TestPolicy:
    @pytest.fixture
    def address(self, db):
        policy, _is_new = RechargePolicy.objects.get_or_create()
        return reverse("admin:recharges_rechargepolicy_change", args=[policy.pk])

    VALUES = {"one_person_max_yuan": "20000", "cut_off": "16:30", "reason": "月末对账"}

    def propose(self, client, **changed):
        address = reverse("admin:recharges_rechargepolicy_propose")
        return client.post(address, {"_form_submitted": "on", **self.VALUES, **changed})

    def approve(self, client):
        proposal = Proposal.objects.get()
        address = reverse("admin:users_proposal_approve", args=[proposal.pk])
        return client.post(address, {"_form_submitted": "on"})

    def test_is_changed_by_two_people(self, staff, address):
        administrator = staff()
        self.propose(administrator)
        self.approve(administrator)
        assert RechargePolicy.objects.get().one_person_max_yuan == 50_000

        self.approve(staff(StaffRole.RISK))

        policy = RechargePolicy.objects.get()
        assert (policy.one_person_max_yuan, str(policy.cut_off)) == (20_000, "16:30:00")

    @pytest.mark.parametrize("role", [StaffRole.FINANCE, StaffRole.AUDITOR])
    def test_is_only_read_by_others(self, staff, address, role):
        client = staff(role)

        response = self.propose(client)

        assert response.status_code == 403
        assert client.post(address, self.VALUES).status_code == 403
        assert client.get(address).status_code == 200
        assert RechargePolicy.objects.get().one_person_max_yuan == 50_000

    def test_refuses_a_limit_of_nothing(self, staff, address):
        response = self.propose(staff(), one_person_max_yuan="0")

        assert response.context["form"].errors
        assert not Proposal.objects.exists()

    def test_the_change_stands_in_its_history(self, staff, address):
        client = staff(StaffRole.RISK)
        self.propose(staff())
        self.approve(client)

        history = client.get(reverse("admin:recharges_rechargepolicy_history", args=[1])).text

        assert client.user.display_name in history
