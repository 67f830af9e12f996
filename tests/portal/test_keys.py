import re

import pytest

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.partners.choices import KeyMode, Scope
from apps.partners.models import ApiKey
from apps.partners.services import api_keys
from tests.factories.partners import AccountFactory


@pytest.fixture
def key(qinghe):
    key, _plain = api_keys.issue(
        account=qinghe.account, name="生产服务器", mode=KeyMode.LIVE, by=SYSTEM
    )
    return key


def form_for(account, **changes):
    return {
        "account": account.pk,
        "name": "联调",
        "mode": "TEST",
        "scopes": ["messages:send", "messages:read"],
        "allowed_networks": "203.0.113.0/24\n198.51.100.7",
    } | changes


class TestKeyIssue:
    def test_shows_the_key_once_and_it_works(self, owner, qinghe):
        response = owner.post("/keys/new/", form_for(qinghe.account))
        plain = re.search(r"sk_test_\w+\.\w+", response.content.decode()).group(0)

        found = api_keys.authenticate(plain=plain, address="203.0.113.9", at=clock.now())

        assert found.account == qinghe.account
        assert found.scopes == [Scope.SEND, Scope.READ_MESSAGES]
        assert found.allowed_networks == ["203.0.113.0/24", "198.51.100.7/32"]
        assert "no-store" in response.headers["Cache-Control"]
        assert plain not in owner.get("/keys/").content.decode()

    def test_names_the_line_that_is_no_network(self, owner, qinghe):
        response = owner.post(
            "/keys/new/", form_for(qinghe.account, allowed_networks="203.0.113.300")
        )

        assert "“203.0.113.300”不是有效的 IP 地址或网段" in response.content.decode()

    def test_refuses_another_partners_account(self, owner):
        owner.post("/keys/new/", form_for(AccountFactory()))

        assert not ApiKey.objects.exists()

    def test_shows_the_domain_error(self, owner, qinghe):
        for _key in range(2):
            owner.post("/keys/new/", form_for(qinghe.account))

        response = owner.post("/keys/new/", form_for(qinghe.account))

        assert "该账户已有 2 个可用密钥" in response.content.decode()


class TestKeyRevoke:
    def test_ends_the_key(self, owner, key):
        response = owner.post(f"/keys/{key.prefix}/revoke/", follow=True)

        key.refresh_from_db()
        assert key.revoked
        assert "已撤销" in response.content.decode()

    def test_does_not_find_another_partners_key(self, owner):
        other, _plain = api_keys.issue(
            account=AccountFactory(), name="生产服务器", mode=KeyMode.LIVE, by=SYSTEM
        )

        assert owner.post(f"/keys/{other.prefix}/revoke/").status_code == 404

    def test_needs_a_post(self, owner, key):
        assert owner.get(f"/keys/{key.prefix}/revoke/").status_code == 405
