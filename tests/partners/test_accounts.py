from datetime import UTC, datetime

import pytest
from django.contrib.auth.hashers import check_password

from apps.audit.actors import SYSTEM
from apps.partners.choices import AccountStatus as S
from apps.partners.models import Account
from apps.partners.services import accounts
from tests.factories.partners import AccountFactory, CustomerFactory, PartnerFactory
from tests.factories.users import StaffFactory
from tests.racing import race

AT = datetime(2026, 3, 2, tzinfo=UTC)

VERBS = {
    "suspend": lambda pk: accounts.suspend(account_id=pk, by=SYSTEM, reason="违规内容"),
    "resume": lambda pk: accounts.resume(account_id=pk, by=SYSTEM),
    "close": lambda pk: accounts.close(account_id=pk, by=SYSTEM, reason="合作终止"),
    "set_legacy_password": lambda pk: accounts.set_legacy_password(account_id=pk, by=SYSTEM),
}
ALLOWED = {
    (S.ACTIVE, "suspend"): S.SUSPENDED,
    (S.ACTIVE, "close"): S.CLOSED,
    (S.ACTIVE, "set_legacy_password"): S.ACTIVE,
    (S.SUSPENDED, "resume"): S.ACTIVE,
    (S.SUSPENDED, "close"): S.CLOSED,
    (S.SUSPENDED, "set_legacy_password"): S.SUSPENDED,
}


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_table(status, verb):
    account = AccountFactory(status=status)
    before = Account.objects.values().get()

    if (status, verb) in ALLOWED:
        VERBS[verb](account.pk)
        assert Account.objects.get().status == ALLOWED[status, verb]
        return
    with pytest.raises(accounts.AccountStateError):
        VERBS[verb](account.pk)
    assert Account.objects.values().get() == before


class TestOpenOwn:
    @pytest.mark.django_db
    def test_gives_a_code_with_prefix_and_five_digits(self, settings):
        settings.SMS_ACCOUNT_CODE_PREFIX = "QHRJ"

        account = accounts.open_own(partner=PartnerFactory(), by=SYSTEM, at=AT)

        assert account.code[:4] == "QHRJ"
        assert len(account.code) == 9
        assert account.code[4:].isdigit()
        assert account.status == S.ACTIVE

    @pytest.mark.django_db
    def test_refuses_a_second_one(self):
        account = AccountFactory()

        with pytest.raises(accounts.OwnAccountExistsError):
            accounts.open_own(partner=account.partner, by=SYSTEM, at=AT)

    @pytest.mark.django_db
    def test_takes_longer_codes_when_the_short_ones_are_used_up(self, monkeypatch):
        monkeypatch.setattr(accounts.secrets, "randbelow", lambda bound: bound - 1)
        first, second = (
            accounts.open_own(partner=partner, by=SYSTEM, at=AT)
            for partner in PartnerFactory.create_batch(2)
        )

        assert (first.code, second.code) == ("TCLKJ99999", "TCLKJ999999")

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_open_one(self):
        partner = PartnerFactory()

        answers = race(*[lambda: accounts.open_own(partner=partner, by=SYSTEM, at=AT)] * 2)

        assert Account.objects.count() == 1
        assert sum(isinstance(each, accounts.OwnAccountExistsError) for each in answers) == 1


@pytest.mark.django_db
class TestOpenForCustomer:
    def test_opens_beside_the_partners_own(self):
        customer = CustomerFactory()
        AccountFactory(partner=customer.partner)

        account = accounts.open_for_customer(customer=customer, by=SYSTEM, at=AT)

        assert (account.partner, account.customer) == (customer.partner, customer)


@pytest.mark.django_db
class TestSuspend:
    def test_needs_a_reason(self):
        with pytest.raises(accounts.AccountReasonMissingError):
            accounts.suspend(account_id=AccountFactory().pk, by=SYSTEM, reason="")

    def test_writes_who_and_why_into_the_history(self):
        account, staff = AccountFactory(), StaffFactory(risk=True)
        accounts.suspend(account_id=account.pk, by=staff.as_actor(), reason="违规内容")

        event = account.events.order_by("-pgh_id").first()

        assert event.status == "SUSPENDED"
        assert event.pgh_context.metadata["act"] == "accounts.suspend"
        assert event.pgh_context.metadata["actor_id"] == staff.pk


@pytest.mark.django_db
class TestSetLegacyPassword:
    def test_shows_it_once_and_keeps_a_hash(self):
        account = AccountFactory()

        plain = accounts.set_legacy_password(account_id=account.pk, by=SYSTEM)

        account.refresh_from_db()
        assert plain not in account.legacy_password
        assert check_password(plain, account.legacy_password)
