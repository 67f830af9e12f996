"""What a list of the admin can be asked for: nothing but what its own filters write.

A lookup on any other column, refused or not by what it finds, would tell the column's content by
the number of rows that it leaves.
"""

import pytest
from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.contrib.sessions.models import Session
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from apps.common.admin.tables import ServiceAdmin
from apps.users.choices import StaffRole
from tests.factories.messaging import queue
from tests.factories.partners import AccountFactory
from tests.factories.users import StaffFactory

# Where whoever waits long enough may read a value: none of it is a filter of any list.
LOOKUPS = [
    *("exact", "iexact", "contains", "startswith", "istartswith", "endswith", "regex", "iregex"),
    *("gt", "gte", "lt", "lte", "range", "in", "isnull", "length", "len", "trigram_similar"),
]
SECRETS = {"password", "hashed_key", "legacy_password", "number", "text", "session_key", "data"}
# Where the column's name is a secret's elsewhere, and the lists show it in full.
SHOWN = {
    ("agreements.agreement", "number"),
    ("agreements.templateclause", "number"),
    ("carriers.portednumber", "number"),
    ("pledges.pledge", "number"),
    ("signatures.signature", "text"),
}
get_resolver().url_patterns  # noqa: B018 - the tables of libraries leave with the URLconf
ADMINS = sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label_lower)
each_admin = pytest.mark.parametrize(
    ("model", "options"), ADMINS, ids=[model._meta.label_lower for model, _ in ADMINS]
)


def request_of(parameters):
    request = RequestFactory().get("/", parameters)
    request.user = StaffFactory.build(staff_role=StaffRole.ADMINISTRATOR)
    return request


def paths_of(model, depth=2):
    """Every column of a model, and of what it leads to and what leads to it, two steps away."""
    for field in model._meta.get_fields():
        yield field.name, field
        if depth and field.is_relation and field.related_model:
            for inner, last in paths_of(field.related_model, depth - 1):
                yield f"{field.name}__{inner}", last


def named_by_filters(options):
    """The parameters that the list's filters write themselves."""
    return set(options._parameters(request_of({})))


@each_admin
def test_only_the_filters_own_lookups_are_taken(model, options):
    named, request = named_by_filters(options), request_of({})
    asked = {path for path, _field in paths_of(model)}
    asked |= {f"{path}__{lookup}" for path in asked for lookup in LOOKUPS}

    taken = {lookup for lookup in asked if options.lookup_allowed(lookup, "x", request)}

    assert taken <= named
    assert len(asked) > 50


@each_admin
def test_no_filter_is_about_a_secret(model, options):
    about = {(model._meta.label_lower, name.split("__")[0]) for name in named_by_filters(options)}

    assert {(table, column) for table, column in about if column in SECRETS} == set()


@each_admin
def test_every_list_asks_the_common_rule(model, options):
    assert isinstance(options, ServiceAdmin)
    assert type(options).lookup_allowed is ServiceAdmin.lookup_allowed


@each_admin
def test_no_list_is_ordered_by_a_secret(model, options):
    request = request_of({})
    columns = options.get_sortable_by(request)
    orders = [getattr(getattr(options, name, None), "admin_order_field", name) for name in columns]
    orders += [str(order) for order in options.get_ordering(request)]

    secret = {
        order
        for order in orders
        if order.lstrip("-").rpartition("__")[2] in SECRETS
        and (model._meta.label_lower, order) not in SHOWN
    }

    assert secret == set()


@each_admin
def test_no_list_is_searched_for_a_part_of_a_secret(model, options):
    searched = {name for name in options.get_search_fields(request_of({})) if "__" not in name}
    parts = {name.lstrip("^=@") for name in searched} & SECRETS

    assert {part for part in parts if (model._meta.label_lower, part) not in SHOWN} == set()


def _right_and_wrong(table):
    """A parameter that fits the row, the same with something that fits none, for each secret."""
    user = StaffFactory(username="finance.hao", staff_role=StaffRole.FINANCE)
    account = AccountFactory()
    [batch] = [queue(account, ["13800138000"])]
    return {
        "users/user": [("password__startswith", user.password[:9], "zzz")],
        "partners/apikey": [("hashed_key__startswith", "sha512", "zzz"), ("id__gt", "a", "zzz")],
        "partners/account": [
            ("legacy_password__isnull", "0", "1"),
            ("partner__memberships__user__password__startswith", user.password[:4], "zzz"),
        ],
        "messaging/message": [
            ("number__startswith", "138", "199"),
            ("number", "13800138000", "19900000000"),
            ("batch__text__contains", batch.text[:2], "zzz") if batch else ("text", "a", "b"),
        ],
    }[table]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table", ["users/user", "partners/apikey", "partners/account", "messaging/message"]
)
def test_an_answer_does_not_tell_whether_a_secret_fits(table, client):
    client.force_login(StaffFactory(staff_role=StaffRole.AUDITOR))
    address = f"/admin/{table}/"

    for parameter, fits, fits_not in _right_and_wrong(table):
        answers = [client.get(address, {parameter: value}) for value in (fits, fits_not)]

        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].content == answers[1].content


@pytest.mark.django_db
class TestOtherParameters:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client):
        client.force_login(StaffFactory(staff_role=StaffRole.ADMINISTRATOR))

    def test_a_filter_still_filters(self, client):
        StaffFactory(username="risk.wu", staff_role=StaffRole.RISK)

        page = client.get("/admin/users/user/", {"staff_role__exact": "RISK"})

        assert "risk.wu" in page.content.decode()
        assert page.context["cl"].result_count == 1

    @pytest.mark.parametrize("parameter", ["_to_field", "t"])
    def test_a_row_is_not_found_by_its_password(self, client, parameter):
        user = StaffFactory()
        address = reverse("admin:users_user_changelist")

        answers = [
            client.get(f"{address}{value}/change/", {"_to_field": "password"}).status_code
            for value in (user.password.replace("/", "_2F"), "zzz")
        ]

        assert answers == [400, 400]

    def test_the_filters_kept_for_the_way_back_are_not_looked_up(self, client):
        user = StaffFactory()
        address = reverse("admin:users_user_change", args=[user.pk])

        answers = {
            client.get(
                address, {"_changelist_filters": f"password__startswith={value}"}
            ).status_code
            for value in (user.password[:4], "zzz")
        }

        assert answers == {200}

    def test_a_list_is_not_ordered_by_what_is_no_column(self, client):
        StaffFactory.create_batch(2)
        address = reverse("admin:users_user_changelist")

        pages = [client.get(address, {ORDER_VAR: order}) for order in ("99", "-99", "password")]

        assert {page.status_code for page in pages} == {200}
        assert (
            len({tuple(user.pk for user in page.context["cl"].result_list) for page in pages}) == 1
        )

    @pytest.mark.parametrize("field", ["password", "staff_role", "groups"])
    def test_nothing_is_completed_but_what_a_filter_completes(self, client, field):
        asked = {"app_label": "users", "model_name": "user", "field_name": field, "term": "a"}

        assert client.get(reverse("admin:autocomplete"), asked).status_code == 403


def test_no_session_can_be_listed():
    assert Session not in admin.site._registry
