import pytest

from apps.common.errors import ConflictError, NotAllowedError
from apps.users.choices import StaffRole
from apps.users.models import User
from apps.users.services import people, staff
from tests.factories.users import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return StaffFactory()


def enrol(boss, username="zhao.min", role=StaffRole.SUPPORT):
    return staff.enrol(
        username=username,
        first_name="敏",
        last_name="赵",
        role=role,
        by=boss.as_actor(),
    )


class TestEnrol:
    def test_makes_a_log_in_with_a_first_password(self, boss):
        user, password = enrol(boss)

        assert user.check_password(password)
        assert user.is_staff
        assert user.staff_role == StaffRole.SUPPORT
        assert user.get_full_name() == "赵敏"

    @pytest.mark.parametrize("role", ["REVIEWER", "FINANCE", "RISK", "ADMINISTRATOR"])
    def test_refuses_a_role_that_does_more_than_look(self, boss, role):
        with pytest.raises(staff.SecondPersonNeededError):
            enrol(boss, role=StaffRole(role))
        assert not User.objects.filter(username="zhao.min").exists()

    def test_refuses_a_name_in_use_in_whatever_case(self, boss):
        enrol(boss)

        with pytest.raises(people.UsernameTakenError):
            enrol(boss, username="Zhao.Min")


class TestEnter:
    def test_makes_somebody_who_is_not_staff(self, boss):
        user, password = people.enter(
            username="wang", first_name="芳", last_name="王", by=boss.as_actor()
        )

        assert not user.is_staff
        assert user.check_password(password)


class TestChangeRole:
    def test_gives_another_role(self, boss):
        user, _password = enrol(boss)

        staff.change_role(
            user_id=user.pk, role=StaffRole.AUDITOR, by=boss.as_actor(), reason="调岗"
        )

        user.refresh_from_db()
        assert user.staff_role == StaffRole.AUDITOR

    @pytest.mark.parametrize(
        ("old", "new"), [("SUPPORT", "FINANCE"), ("FINANCE", "SUPPORT"), ("FINANCE", "REVIEWER")]
    )
    def test_refuses_alone_what_gives_or_takes_power(self, boss, old, new):
        user = StaffFactory(staff_role=old)

        with pytest.raises(staff.SecondPersonNeededError):
            staff.change_role(
                user_id=user.pk, role=StaffRole(new), by=boss.as_actor(), reason="调岗"
            )

    def test_refuses_ones_own(self, boss):
        with pytest.raises(staff.OwnRoleError):
            staff.change_role(
                user_id=boss.pk, role=StaffRole.RISK, by=boss.as_actor(), reason="调岗"
            )


class TestShutOut:
    def test_ends_open_pages(self, boss, client):
        user, _password = enrol(boss)
        client.force_login(user)

        staff.shut_out(user_id=user.pk, by=boss.as_actor(), reason="离职")

        assert client.get("/admin/").status_code == 302

    def test_refuses_a_second_time(self, boss):
        user, _password = enrol(boss)
        staff.shut_out(user_id=user.pk, by=boss.as_actor(), reason="离职")

        with pytest.raises(ConflictError):
            staff.shut_out(user_id=user.pk, by=boss.as_actor(), reason="离职")

    def test_can_be_taken_back(self, boss):
        user, _password = enrol(boss)
        staff.shut_out(user_id=user.pk, by=boss.as_actor(), reason="离职")

        assert staff.let_in(user_id=user.pk, by=boss.as_actor(), reason="返岗").is_active

        with pytest.raises(ConflictError):
            staff.let_in(user_id=user.pk, by=boss.as_actor(), reason="返岗")

    def test_refuses_oneself(self, boss):
        with pytest.raises(staff.OwnRoleError):
            staff.shut_out(user_id=boss.pk, by=boss.as_actor(), reason="离职")


class TestResetPassword:
    def test_replaces_the_password(self, boss):
        user, old = enrol(boss)

        user, new = staff.reset_password(user_id=user.pk, by=boss.as_actor())

        assert user.check_password(new)
        assert not user.check_password(old)

    def test_refuses_alone_somebody_with_power(self, boss):
        with pytest.raises(staff.SecondPersonNeededError):
            staff.reset_password(user_id=StaffFactory(finance=True).pk, by=boss.as_actor())

    def test_refuses_a_partners_person(self, boss):
        with pytest.raises(NotAllowedError):
            staff.reset_password(user_id=UserFactory().pk, by=boss.as_actor())
