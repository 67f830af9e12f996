import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser

from apps.users.choices import StaffRole
from apps.users.permissions import (
    APPROVING,
    BESIDE_FINANCE,
    CONTRACTS,
    DECISION,
    LOOK,
    MONEY,
    OF_ROLE,
    REVIEW,
    STAFF,
    WATCH,
    has_power,
    of_role,
)
from tests.factories.users import StaffFactory, UserFactory

REGISTERED = sorted(
    f"{model._meta.app_label}.view_{model._meta.model_name}"
    for model in admin.site._registry
    if model.__module__.startswith("apps.")
)


class TestRoles:
    def test_every_role_is_listed(self):
        assert set(OF_ROLE) == set(StaffRole)

    @pytest.mark.parametrize("permission", sorted(set(REGISTERED) - WATCH))
    def test_everybody_may_look_at_every_table(self, permission):
        assert all(permission in permissions for permissions in OF_ROLE.values())

    def test_administrator_and_auditor_alone_look_at_security_events(self):
        watchers = {role for role, permissions in OF_ROLE.items() if WATCH & permissions}

        assert watchers == {StaffRole.ADMINISTRATOR, StaffRole.AUDITOR}
        assert set(REGISTERED) >= WATCH

    def test_auditor_and_support_do_nothing_but_look(self):
        assert OF_ROLE[StaffRole.SUPPORT] == LOOK
        assert OF_ROLE[StaffRole.AUDITOR] == LOOK | WATCH

    def test_whoever_administers_approves_neither_money_nor_applications(self):
        approving = (REVIEW | MONEY) - BESIDE_FINANCE - CONTRACTS

        assert not OF_ROLE[StaffRole.ADMINISTRATOR] & approving

    def test_whoever_approves_makes_no_log_ins_and_no_rules(self):
        for role in APPROVING:
            assert not OF_ROLE[role] & (STAFF | DECISION | {"recharges.change_rechargepolicy"})

    def test_an_administrator_approves_where_the_installation_says_so(self, settings):
        settings.RELAXED_SEPARATIONS = frozenset({"administrator-approves"})

        assert of_role("ADMINISTRATOR") >= REVIEW | MONEY
        assert of_role("SUPPORT") == LOOK

    def test_a_role_has_power_unless_it_only_looks(self):
        assert {role for role in StaffRole if not has_power(role)} == {"SUPPORT", "AUDITOR"}

    def test_nobody_may_send_or_make_a_key(self):
        assert not any(
            permission.startswith("messaging.") and "view_" not in permission
            for permission in OF_ROLE[StaffRole.ADMINISTRATOR]
        )
        assert "partners.issue_apikey" not in OF_ROLE[StaffRole.ADMINISTRATOR]


@pytest.mark.django_db
class TestRoleBackend:
    def test_answers_from_the_role(self):
        reviewer = StaffFactory(reviewer=True)

        assert reviewer.has_perm("signatures.judge_signature")
        assert not reviewer.has_perm("recharges.confirm_recharge")
        assert reviewer.has_module_perms("recharges")
        assert not reviewer.has_module_perms("sites")

    def test_asks_no_query(self, django_assert_num_queries):
        reviewer = StaffFactory(reviewer=True)

        with django_assert_num_queries(0):
            reviewer.has_perm("recharges.confirm_recharge")

    def test_gives_nothing_to_the_inactive(self):
        assert StaffFactory(is_active=False).get_all_permissions() == set()

    def test_gives_nothing_to_partners_people_and_strangers(self):
        assert UserFactory().get_all_permissions() == set()
        assert not AnonymousUser().has_perm("partners.view_partner")

    def test_lets_superusers_through_as_django_does(self):
        assert StaffFactory(is_superuser=True).has_perm("anything.at_all")
