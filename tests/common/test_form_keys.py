import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.template import Context, Template
from django.urls import reverse

from apps.common import clock, form_keys
from apps.common.models import SentForm
from apps.common.tasks import sweep
from apps.partners.models import ApiKey, Customer
from apps.signatures.models import Signature
from apps.users.models import User
from tests.factories.partners import AccountFactory, MembershipFactory
from tests.factories.users import StaffFactory
from tests.racing import race

CODE, OTHER_CODE = "91110000600037341L", "91330106MA8BG0E70K"
NEW, KEYS = reverse("portal:customer-new"), reverse("portal:key-list")
PHARMACY = {"name": "惠民大药房", "credit_code": CODE, "form_key": "k" * 24}
CLINIC = {"name": "静安口腔门诊部", "credit_code": OTHER_CODE, "form_key": "k" * 24}


def said(answer):
    return [str(each) for each in get_messages(answer.wsgi_request)]


@pytest.fixture
def owner(client):
    """A partner's owner, signed in."""
    person = MembershipFactory().user
    client.force_login(person)
    return person


@pytest.mark.django_db
class TestSentAgain:
    def test_leads_to_what_was_made_and_says_so(self, client, owner):
        first = client.post(NEW, PHARMACY)
        again = client.post(NEW, PHARMACY)

        assert Customer.objects.count() == 1
        assert (again.status_code, again["Location"]) == (302, first["Location"])
        assert "表单收到不止一次" in said(again)[-1]

    def test_leads_there_from_within_a_page_too(self, client, owner):
        first = client.post(NEW, PHARMACY)
        again = client.post(NEW, PHARMACY, headers={"HX-Request": "true"})

        assert again["HX-Redirect"] == first["Location"]

    def test_changed_since_is_not_carried_out_and_says_so(self, client, owner):
        client.post(NEW, PHARMACY)
        again = client.post(NEW, CLINIC)

        assert Customer.objects.get().name == PHARMACY["name"]
        assert "修改未生效" in said(again)[-1]

    def test_after_a_refusal_is_carried_out(self, client, owner):
        refused = client.post(NEW, PHARMACY | {"credit_code": CODE[:-1] + "X"})
        made = client.post(NEW, PHARMACY)

        assert (refused.status_code, made.status_code) == (200, 302)
        assert Customer.objects.count() == 1

    def test_after_a_refusal_that_leads_elsewhere_is_carried_out(self, client, owner):
        account = AccountFactory(of_customer=True, partner=owner.membership.partner)
        close = reverse("portal:customer-close", args=[account.customer_id])
        reopen = reverse("portal:customer-reopen", args=[account.customer_id])
        client.post(reopen, {"form_key": "k" * 24})
        account.status = "SUSPENDED"
        account.save()

        client.post(close, {"reason": "停业"})
        client.post(reopen, {"form_key": "k" * 24})

        assert Customer.objects.get().status == "ACTIVE"

    def test_of_somebody_else_is_another_form(self, client, owner):
        client.post(NEW, PHARMACY)
        client.force_login(MembershipFactory().user)
        client.post(NEW, PHARMACY)

        assert Customer.objects.count() == 2

    def test_to_another_address_is_another_form(self, client, owner):
        client.post(NEW, PHARMACY)
        customer = Customer.objects.get()
        client.post(
            reverse("portal:customer-close", args=[customer.pk]), {**PHARMACY, "reason": "停业"}
        )

        customer.refresh_from_db()
        assert customer.status == "CLOSED"

    def test_from_another_page_is_another_form(self, client, owner):
        client.post(NEW, PHARMACY)
        client.post(NEW, CLINIC | {"form_key": "m" * 24})

        assert Customer.objects.count() == 2

    @pytest.mark.parametrize(
        "key", ["", "键", "k" * 129, "a b"], ids=["none", "word", "long", "blank"]
    )
    def test_without_a_key_is_carried_out_as_it_comes(self, client, owner, key):
        client.post(NEW, PHARMACY | {"form_key": key})
        client.post(NEW, CLINIC | {"form_key": key})

        assert (Customer.objects.count(), SentForm.objects.count()) == (2, 0)

    def test_by_nobody_is_kept_by_nobody(self, client, db):
        client.post(NEW, PHARMACY)

        assert not SentForm.objects.exists()

    def test_is_forgotten_after_a_week(self, client, owner):
        client.post(NEW, PHARMACY)
        SentForm.objects.update(sent_at=clock.now() - timedelta(days=6))
        sweep(0)
        assert SentForm.objects.exists()

        SentForm.objects.update(sent_at=clock.now() - form_keys.KEPT_FOR - timedelta(hours=1))
        sweep(0)
        assert not SentForm.objects.exists()


@pytest.mark.django_db
class TestShownOnce:
    def test_a_second_post_makes_no_second_key_and_says_where_the_first_is(self, client, owner):
        account = AccountFactory(partner=owner.membership.partner)
        asked = {"account": account.pk, "name": "ERP", "mode": "LIVE", "scopes": ["messages:send"]}
        asked["form_key"] = "k" * 24

        first = client.post(reverse("portal:key-issue"), asked)
        again = client.post(reverse("portal:key-issue"), asked)

        key = ApiKey.objects.get()
        assert key.prefix in first.content.decode()
        assert (again.status_code, again["Location"]) == (302, KEYS)
        assert key.prefix in said(again)[0]

    @pytest.mark.parametrize("is_dialog", [False, True], ids=["page", "dialog"])
    def test_a_second_post_makes_no_second_person(self, client, is_dialog):
        client.force_login(StaffFactory())
        asked = {
            "_form_submitted": "True",
            "username": "qian.wei",
            "last_name": "钱",
            "first_name": "伟",
            "role": "SUPPORT",
            "reason": "入职",
            "form_key": "k" * 24,
        }
        headers = {"HX-Request": "true"} if is_dialog else {}

        first = client.post(reverse("admin:users_user_enrol"), asked, headers=headers)
        password = User.objects.get(username="qian.wei").password
        again = client.post(reverse("admin:users_user_enrol"), asked, headers=headers)

        assert first.status_code == 200
        assert again["HX-Redirect" if is_dialog else "Location"].endswith("/users/user/")
        assert User.objects.get(username="qian.wei").password == password
        assert "qian.wei" in said(again)[0]


class TestDraftThatKeepsItself:
    @pytest.mark.django_db(transaction=True)
    def test_kept_twice_at_once_is_one_draft(self, client):
        person = MembershipFactory().user
        client.force_login(person)
        typed = {
            "account": AccountFactory(partner=person.membership.partner).pk,
            "source": "COMPANY",
            "use": "OWN",
            "signature": "",
            "form_key": "k" * 24,
        }

        def keep(text):
            browser = client.__class__(headers={"HX-Request": "true"})
            browser.cookies = client.cookies
            return browser.post(reverse("portal:signature-save"), {**typed, "text": text})

        answers = race(lambda: keep("青禾"), lambda: keep("青禾软件"))

        assert [each.status_code for each in answers] == [200, 200]
        assert Signature.objects.get().text in {"青禾", "青禾软件"}
        keep("青禾软件园")
        assert Signature.objects.get().text == "青禾软件园"
        typed["form_key"] = "m" * 24
        keep("另一个")
        assert Signature.objects.count() == 2


def test_every_form_that_is_drawn_has_a_key_of_its_own():
    page = Template("{% csrf_token %}{% csrf_token %}")
    context = Context({"csrf_token": "x" * 64})

    keys = re.findall(r'name="form_key" value="([^"]+)"', page.render(context))

    assert len(set(keys)) == 2
    assert all(len(key) == 24 for key in keys)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "route",
    ["admin:common_specialday_add", "admin:partners_partner_create", "admin:users_user_enrol"],
)
def test_forms_of_the_admin_have_one_too(client, route):
    client.force_login(StaffFactory())

    assert 'name="form_key"' in client.get(reverse(route)).content.decode()
