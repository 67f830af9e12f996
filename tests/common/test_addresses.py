"""Whose address counts: never one that a client wrote itself."""

import pytest

from apps.common.addresses import client_address, counted

PROXIES = ["127.0.0.1", "10.0.0.0/8", "2001:db8:aa::/48"]
STRANGER = "203.0.113.7"


def seen(rf, *, peer, **headers):
    return client_address(rf.get("/", headers=headers, REMOTE_ADDR=peer))


class TestWithoutProxies:
    @pytest.mark.parametrize("said", ["198.51.100.1", "127.0.0.1, 198.51.100.1", "", "nonsense"])
    def test_the_header_is_not_believed(self, rf, said):
        assert seen(rf, peer=STRANGER, X_Forwarded_For=said) == STRANGER

    @pytest.mark.parametrize(
        ("peer", "usual"),
        [
            ("::ffff:203.0.113.7", STRANGER),
            ("2001:0DB8::0007", "2001:db8::7"),
            ("fe80::1%eth0", "fe80::1"),
            ("", ""),
            ("unix:", ""),
        ],
    )
    def test_an_address_has_one_form(self, rf, peer, usual):
        assert seen(rf, peer=peer) == usual


class TestBehindProxies:
    @pytest.fixture(autouse=True)
    def _proxies(self, settings):
        settings.TRUSTED_PROXIES = PROXIES

    @pytest.mark.parametrize(
        ("said", "client"),
        [
            pytest.param(STRANGER, STRANGER, id="one hop"),
            pytest.param(f"{STRANGER}, 10.1.2.3", STRANGER, id="two proxies"),
            pytest.param(f"1.1.1.1, {STRANGER}", STRANGER, id="the client wrote the left one"),
            pytest.param(f"127.0.0.1, {STRANGER}", STRANGER, id="the client wrote a proxy's"),
            pytest.param(f"x, {STRANGER}, 10.0.0.2", STRANGER, id="the client wrote nonsense"),
            pytest.param(f" {STRANGER} ,10.0.0.2 ", STRANGER, id="blanks"),
            pytest.param(f"{STRANGER}:51234", STRANGER, id="a port"),
            pytest.param("[2001:db8::7]:443", "2001:db8::7", id="a port of IPv6"),
            pytest.param("2001:db8::7", "2001:db8::7", id="IPv6"),
            pytest.param("2001:db8::7, 2001:db8:aa::1", "2001:db8::7", id="a proxy of IPv6"),
            pytest.param(f"::ffff:{STRANGER}, ::ffff:10.0.0.1", STRANGER, id="mapped"),
            pytest.param("10.1.1.1, 10.2.2.2", "10.1.1.1", id="a client among the proxies"),
            pytest.param("", "127.0.0.1", id="none"),
            pytest.param(f"{STRANGER}, unknown", "127.0.0.1", id="a hop that is no address"),
            pytest.param(f"{STRANGER}, unknown, 10.0.0.9", "10.0.0.9", id="nothing left of it"),
            pytest.param(",,,", "127.0.0.1", id="commas"),
            pytest.param("1" * 5000, "127.0.0.1", id="digits"),
            pytest.param(", ".join([STRANGER, *["10.0.0.1"] * 1000]), "10.0.0.1", id="many hops"),
        ],
    )
    def test_the_rightmost_that_is_not_ours_counts(self, rf, said, client):
        assert seen(rf, peer="127.0.0.1", X_Forwarded_For=said) == client

    def test_a_peer_that_is_no_proxy_is_the_client_itself(self, rf):
        assert seen(rf, peer=STRANGER, X_Forwarded_For="198.51.100.1") == STRANGER

    def test_a_dual_stack_listener_names_a_proxy_as_mapped(self, rf):
        assert seen(rf, peer="::ffff:127.0.0.1", X_Forwarded_For=STRANGER) == STRANGER

    @pytest.mark.parametrize("name", ["Forwarded", "X-Real-IP", "Client-IP", "True-Client-IP"])
    def test_other_headers_say_nothing(self, rf, name):
        assert seen(rf, peer="127.0.0.1", **{name.replace("-", "_"): STRANGER}) == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "as_what"),
    [
        (STRANGER, STRANGER),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_a_network_that_one_person_has_counts_as_one(address, as_what):
    assert counted(address) == as_what
