"""What takes two people: log-ins with power, their passwords, and the rules of money."""

from datetime import time
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from apps.audit.queries import history_of
from apps.common import clock
from apps.common.models import OutboxEvent
from apps.recharges.queries import money as queries
from apps.recharges.services import policies
from apps.users.choices import StaffRole
from apps.users.models import Proposal, User
from apps.users.queries import all_clashing
from apps.users.services import people, proposals, staff
from tests.factories.users import StaffFactory
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return StaffFactory(first_name="静", last_name="陈").as_actor()


@pytest.fixture
def second():
    return StaffFactory(risk=True, first_name="磊", last_name="孙").as_actor()


def enrolment(by, **changed):
    values = {
        "username": "zhao.min",
        "first_name": "敏",
        "last_name": "赵",
        "email": "",
        "role": StaffRole.FINANCE,
        "reason": "新同事",
    }
    return staff.propose_enrolment(**values | changed, by=by, at=clock.now())


def approve(proposal, by):
    return proposals.approve(proposal_id=proposal.pk, by=by, at=clock.now())


class TestEnrolment:
    def test_makes_nobody_until_a_second_person_approves(self, boss, second):
        proposal = enrolment(boss)
        assert not User.objects.filter(username="zhao.min").exists()

        _proposal, shown = approve(proposal, second)

        user = User.objects.get(username="zhao.min")
        assert user.staff_role == StaffRole.FINANCE
        assert user.check_password(shown.removeprefix("zhao.min: "))

    def test_the_record_names_both(self, boss, second):
        approve(enrolment(boss), second)

        made = history_of(User.objects.get(username="zhao.min"))[0]
        assert (made.actor, "陈静" in made.reason) == ("孙磊", True)

    def test_refuses_the_proposer(self, boss):
        proposal = enrolment(boss)

        with pytest.raises(proposals.OwnProposalMadeError):
            approve(proposal, boss)
        assert not User.objects.filter(username="zhao.min").exists()

    def test_is_told_to_those_who_may_decide(self, boss):
        enrolment(boss)

        assert OutboxEvent.objects.get().name == "approval.proposal"

    def test_refuses_a_name_in_use_when_proposed_and_when_approved(self, boss, second):
        first, again = enrolment(boss), enrolment(boss)
        approve(first, second)

        with pytest.raises(people.UsernameTakenError):
            enrolment(boss, username="Zhao.Min")
        with pytest.raises(people.UsernameTakenError):
            approve(again, second)

    def test_needs_a_reason(self, boss):
        with pytest.raises(proposals.ProposalReasonMissingError):
            enrolment(boss, reason=" ")


class TestRoleAndPassword:
    def test_a_role_waits_for_a_second_person(self, boss, second):
        user = StaffFactory(support=True)
        proposal = staff.propose_role(
            user_id=user.pk, role=StaffRole.FINANCE, reason="调岗", by=boss, at=clock.now()
        )
        user.refresh_from_db()
        assert user.staff_role == StaffRole.SUPPORT

        approve(proposal, second)

        user.refresh_from_db()
        assert user.staff_role == StaffRole.FINANCE

    def test_nobody_approves_a_role_of_their_own(self, boss, second):
        proposal = staff.propose_role(
            user_id=second.id, role=StaffRole.FINANCE, reason="调岗", by=boss, at=clock.now()
        )

        with pytest.raises(staff.OwnRoleError):
            approve(proposal, second)
        assert Proposal.objects.get().status == "PENDING"

    def test_a_password_is_shown_to_whoever_approved_alone(self, boss, second):
        user = StaffFactory(finance=True)
        proposal = staff.propose_reset(user_id=user.pk, reason="忘记", by=boss, at=clock.now())

        _proposal, shown = approve(proposal, second)

        user.refresh_from_db()
        assert user.check_password(shown.removeprefix(f"{user.username}: "))


class TestPolicy:
    def propose(self, by, **changed):
        values = {"one_person_max_yuan": Decimal("99999999.99"), "cut_off": time(17)}
        return policies.propose(**values | changed, reason="提高限额", by=by, at=clock.now())

    def test_one_person_never_raises_the_limit(self, boss):
        proposal = self.propose(boss)

        with pytest.raises(proposals.OwnProposalMadeError):
            approve(proposal, boss)
        assert queries.policy().one_person_max_yuan == 50_000

    def test_two_do(self, boss, second):
        approve(self.propose(boss, one_person_max_yuan=Decimal(20_000)), second)

        policy = queries.policy()
        assert (policy.one_person_max_yuan, policy.cut_off) == (20_000, time(17))
        assert history_of(policy)[0].actor == "孙磊"

    def test_refuses_what_is_so_already(self, boss):
        with pytest.raises(policies.PolicySameError):
            self.propose(boss, one_person_max_yuan=Decimal(50_000))


class TestDecline:
    def test_leaves_everything_as_it_is(self, boss, second):
        proposal = enrolment(boss)

        proposals.decline(proposal_id=proposal.pk, reason="不认识", by=second, at=clock.now())

        assert not User.objects.filter(username="zhao.min").exists()
        with pytest.raises(proposals.ProposalStateError):
            approve(proposal, second)

    def test_the_proposer_may_take_it_back_so(self, boss):
        proposal = enrolment(boss)

        proposals.decline(proposal_id=proposal.pk, reason="写错了", by=boss, at=clock.now())

        assert Proposal.objects.get().status == "DECLINED"


class TestRecord:
    @pytest.mark.parametrize("change", [{"payload": {}}, {"reason": "别的"}, {"kind": "别的"}])
    def test_what_was_proposed_is_never_changed(self, boss, change):
        proposal = enrolment(boss)

        with pytest.raises(ProgrammingError), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(**change)

    def test_it_is_never_deleted(self, boss):
        proposal = enrolment(boss)

        with pytest.raises(ProgrammingError), transaction.atomic():
            proposal.delete()

    @pytest.mark.django_db(transaction=True)
    def test_two_who_approve_at_once_make_one_log_in(self):
        proposal = enrolment(StaffFactory().as_actor())
        deciders = [StaffFactory(risk=True).as_actor() for _ in range(2)]

        answers = race(*[lambda by=by: approve(proposal, by) for by in deciders])

        assert sum(isinstance(each, proposals.ProposalStateError) for each in answers) == 1
        assert User.objects.filter(username="zhao.min").count() == 1


class TestPages:
    def press(self, client, button, *args, **values):
        address = reverse(f"admin:{button}", args=args)
        return client.post(address, {"_form_submitted": "on", **values}, follow=True)

    def test_an_administrator_alone_enrols_no_finance_log_in(self, client):
        client.force_login(StaffFactory())
        person = {"username": "me.too", "last_name": "赵", "first_name": "敏"}

        self.press(client, "users_user_enrol", **person, role="FINANCE", reason="方便")
        proposal = Proposal.objects.get()
        dialog = client.get(reverse("admin:users_proposal_approve", args=[proposal.pk]))
        self.press(client, "users_proposal_approve", proposal.pk)

        assert "须由他人办理" in dialog.text
        assert not User.objects.filter(username="me.too").exists()

    def test_a_second_person_sees_what_it_is_and_the_password_once(self, client, boss, second):
        proposal = enrolment(boss)
        client.force_login(User.objects.get(pk=second.id))

        page = client.get(reverse("admin:users_proposal_change", args=[proposal.pk]))
        shown = self.press(client, "users_proposal_approve", proposal.pk)

        assert all(word in page.text for word in ("zhao.min", "赵敏", "财务", "新同事"))
        assert "zhao.min: " in shown.text

    def test_one_person_with_two_roles_is_said_before_and_listed_afterwards(
        self, client, boss, second
    ):
        proposal = enrolment(boss, first_name="静", last_name="陈")
        client.force_login(User.objects.get(pk=boss.id))

        page = client.get(reverse("admin:users_proposal_change", args=[proposal.pk])).text
        approve(proposal, second)
        home = client.get("/admin/").text

        assert "疑为同一人" in page
        assert {each.username for each in all_clashing()} == {"zhao.min", boss_name(boss)}
        assert "two_roles=1" in home
        assert "⚠" in history_of(User.objects.get(username="zhao.min"))[0].reason
        listed = client.get("/admin/users/user/?two_roles=1").context["cl"].result_list
        assert len(listed) == 2

    def test_what_is_relaxed_stands_on_the_home_and_on_the_record(self, client, settings, boss):
        settings.RELAXED_SEPARATIONS = frozenset({"proposal-made"})
        proposal = enrolment(boss)
        client.force_login(User.objects.get(pk=boss.id))

        dialog = client.get(reverse("admin:users_proposal_approve", args=[proposal.pk])).text
        self.press(client, "users_proposal_approve", proposal.pk)
        page = client.get(reverse("admin:users_proposal_change", args=[proposal.pk])).text

        assert all("proposal-made" in each for each in (dialog, page, client.get("/admin/").text))


def boss_name(boss):
    return User.objects.get(pk=boss.id).username


class TestAtTheServer:
    def enrol(self, username, role="ADMINISTRATOR"):
        call_command(
            "enrol_staff", username, role=role, family_name="陈", given_name="静", verbosity=0
        )

    def test_the_first_two_are_entered_without_a_second_person_and_the_record_says_so(self):
        self.enrol("chen.jing")
        self.enrol("sun.lei", role="RISK")

        made = history_of(User.objects.get(username="chen.jing"))[0]
        assert "without second person" in made.reason

    def test_refuses_once_two_can_decide(self):
        StaffFactory.create_batch(2)

        with pytest.raises(CommandError):
            self.enrol("chen.jing")
        assert not User.objects.filter(username="chen.jing").exists()
