"""Second factors work, and the database alone gives none of their secrets away."""

from importlib import import_module

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from apps.common import clock
from apps.users.services import factors
from tests.factories.users import PASSWORD, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_code_used_and_none_gone():
    """Stop the clock: a code holds for half a minute, and a log-in may take a second of it."""
    cache.clear()
    with time_machine.travel(clock.now(), tick=False):
        yield


@pytest.fixture
def user():
    return StaffFactory()


@pytest.fixture
def secret(user):
    """The secret of the user's authenticator app."""
    chosen = generate_totp_secret()
    TOTP.activate(user, chosen)
    return chosen


def code_of(secret):
    *_, counter = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, counter))


def signs_in(client, user, code):
    client.logout()
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code})
    return "_auth_user_id" in client.session


def dump():
    """Return all that the table says, as a dump of it would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        return "\n".join(row[0] for row in cursor.fetchall())


def stored_in_clear(user):
    """Two factors as releases before sealing stored them; return app secret and seed."""
    secret, seed = generate_totp_secret(), RecoveryCodes.generate_seed()
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    data = {"seed": seed, "used_mask": 0}
    Authenticator.objects.create(user=user, type="recovery_codes", data=data)
    return secret, seed


def test_a_dump_holds_no_secret_in_clear(user, secret):
    seed = factors.unseal(RecoveryCodes.activate(user).instance.data["seed"])

    assert secret not in dump()
    assert seed not in dump()
    assert dump().count("sealed:") == 2


def test_an_app_is_set_up_and_its_secret_never_lies_open_in_the_session(client, user):
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    shown = client.get("/accounts/2fa/totp/activate/").context["form"].secret

    kept = client.session["mfa.totp.secret"]
    client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(shown)})

    assert kept.startswith("sealed:")
    assert shown not in dump()
    assert factors.unseal(Authenticator.objects.get(type="totp").data["secret"]) == shown


class TestSignIn:
    def test_with_the_app(self, client, user, secret):
        assert signs_in(client, user, code_of(secret))

    def test_with_a_recovery_code_once(self, client, user, secret):
        first = RecoveryCodes.activate(user).generate_codes()[0]

        assert signs_in(client, user, first)
        assert not signs_in(client, user, first)

    def test_before_and_after_the_secret_was_replaced(self, client, user, secret, settings):
        codes = RecoveryCodes.activate(user).generate_codes()
        settings.SEALING_SECRETS = ["new" * 20]
        assert signs_in(client, user, codes[0])

        call_command("reseal", verbosity=0)
        settings.SECRET_KEY = "another key of the project"

        assert signs_in(client, user, codes[1])
        assert signs_in(client, user, code_of(secret))

    def test_with_what_an_older_release_stored(self, client, user):
        secret, _seed = stored_in_clear(user)

        assert signs_in(client, user, code_of(secret))


class TestMigration:
    module = import_module("apps.users.migrations.0004_seal_second_factors")

    def test_seals_what_stands_in_clear(self, client, user):
        secret, seed = stored_in_clear(user)

        self.module.seal(apps, None)

        assert secret not in dump()
        assert seed not in dump()
        assert signs_in(client, user, code_of(secret))

    def test_is_taken_back(self, user, secret):
        self.module.unseal(apps, None)

        assert secret in dump()


class TestReseal:
    def test_counts_what_it_sealed_and_leaves_the_rest(self, user, secret, settings):
        stored_in_clear(StaffFactory())

        assert factors.reseal() == 2
        assert factors.reseal() == 0
        settings.SEALING_SECRETS = ["new" * 20]
        assert factors.reseal() == 3

    def test_leaves_passkeys_alone(self, user):
        Authenticator.objects.create(user=user, type="webauthn", data={"credential": {}})

        assert factors.reseal() == 0
