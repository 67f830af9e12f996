"""Keys: what each wrong one is told, and that nobody sees what is another's."""

from datetime import timedelta

import pytest

from apps.common import clock
from apps.messaging.models import Batch, Message
from apps.partners.choices import KeyMode, Scope
from tests.factories.senders import MESSAGES, SEND, make_caller

READS = ["/api/v1/messages", "/api/v1/balance", "/api/v1/ledger"]


def both(caller, **headers):
    """Ask by both doors: the send path and DRF's."""
    return [caller.post(SEND, **headers), caller.get("/api/v1/balance", **headers)]


class TestWrongKeys:
    @pytest.mark.parametrize(
        ("header", "code"),
        [
            ("", "missing_key"),
            ("Basic dXNlcjpwdw==", "missing_key"),
            ("Bearer ", "missing_key"),
            ("Bearer sk_live_unknown1.secret", "invalid_key"),
            ("Bearer \u00e9", "invalid_key"),
        ],
    )
    def test_are_told_apart(self, caller, header, code):
        for answer in both(caller, Authorization=header):
            assert answer.status_code == 401
            assert answer.json()["code"] == code
            assert answer["WWW-Authenticate"].startswith("Bearer")

    def test_with_a_known_prefix_but_another_secret_is_invalid(self, caller):
        for answer in both(caller, Authorization=f"Bearer {caller.plain}x"):
            assert answer.json()["code"] == "invalid_key"

    def test_that_expired_is_invalid(self, caller):
        caller.key.expiry_date = clock.now() - timedelta(seconds=1)
        caller.key.save()

        assert [answer.json()["code"] for answer in both(caller)] == ["invalid_key"] * 2

    def test_that_was_revoked_says_so(self, caller):
        caller.key.revoked = True
        caller.key.save()

        assert [answer.json()["code"] for answer in both(caller)] == ["revoked_key"] * 2

    def test_from_another_address_is_refused(self, db):
        caller = make_caller(allowed_networks=("203.0.113.0/24",))

        for answer in both(caller):
            assert answer.status_code == 403
            assert answer.json()["code"] == "ip_not_allowed"
            assert "127.0.0.1" in answer.json()["detail"]

    @pytest.mark.parametrize("network", ["127.0.0.0/8", "127.0.0.1"])
    def test_from_an_allowed_address_is_taken(self, db, network):
        caller = make_caller(allowed_networks=(network,))

        assert [answer.status_code for answer in both(caller)] == [202, 200]

    def test_behind_a_proxy_the_clients_own_address_is_compared(self, db, settings):
        settings.TRUSTED_PROXIES = ["127.0.0.1"]
        caller = make_caller(allowed_networks=("203.0.113.0/24",))

        inside = both(caller, X_Forwarded_For="203.0.113.7")
        outside = both(caller, X_Forwarded_For="203.0.113.7, 198.51.100.1")

        assert [answer.status_code for answer in inside] == [202, 200]
        assert [answer.status_code for answer in outside] == [403, 403]

    def test_a_header_of_the_client_does_not_change_its_address(self, db):
        caller = make_caller(allowed_networks=("203.0.113.0/24",))

        answers = both(caller, X_Forwarded_For="203.0.113.7")

        assert [answer.status_code for answer in answers] == [403, 403]

    def test_is_told_before_a_wrong_body(self, caller):
        answer = caller.post(b"{", Authorization="Bearer sk_live_unknown1.secret")

        assert answer.json()["code"] == "invalid_key"


class TestScopes:
    def test_let_nothing_else_through(self, db):
        caller = make_caller(scopes=(Scope.READ_MONEY,))

        assert caller.get("/api/v1/balance").status_code == 200
        for answer in (caller.post(SEND), caller.get(MESSAGES)):
            assert answer.status_code == 403
            assert answer.json()["code"] == "scope_missing"
            assert answer.json()["scope"].startswith("messages:")

    def test_of_sending_do_not_read(self, db):
        caller = make_caller(scopes=(Scope.SEND,))

        assert caller.post(SEND).status_code == 202
        assert [caller.get(path).status_code for path in READS] == [403] * 3


class TestOthers:
    def test_messages_batches_and_entries_are_not_found(self, caller, stranger):
        caller.post(SEND)
        paths = [
            f"/api/v1/batches/bat_{Batch.objects.get().id.hex}",
            f"/api/v1/messages/msg_{Message.objects.get().id.hex}",
        ]

        for path in paths:
            assert caller.get(path).status_code == 200
            assert stranger.get(path).status_code == 404
            assert stranger.get(path).json()["code"] == "not_found"
        assert stranger.get(MESSAGES).json()["data"] == []
        assert len(stranger.get("/api/v1/ledger").json()["data"]) == 1

    def test_the_older_scheme_name_works(self, caller):
        answer = caller.get("/api/v1/balance", Authorization=f"Api-Key {caller.plain}")

        assert answer.status_code == 200

    def test_a_test_key_reads_its_account(self, caller):
        sandbox = make_caller(caller.account, mode=KeyMode.TEST)

        assert sandbox.get("/api/v1/balance").json()["available"] == 1000
