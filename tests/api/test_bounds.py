"""What no request of partners' software may hold, and how it is told."""

import pytest

from tests.factories.partners import CustomerFactory

KINDS = ["accounts", "customers", "signatures", "messages", "batches", "pledges"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["%00", "cus_" + "9" * 5_000, "%ed%a0%80", "²"])
def test_names_nothing_by_what_no_id_can_be(caller, kind, name):
    assert caller.get(f"/api/v1/{kind}/{name}").status_code == 404


def test_names_the_parameter_that_holds_nul(caller):
    answer = caller.get("/api/v1/messages?reference=a%00&limit=1")

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["reference"]


@pytest.mark.parametrize("text", ["a\r\nb", "a\u202eb", "a\0b", "a\u2028b", "a\u200bb"])
def test_takes_one_line_where_one_line_is_meant(caller, text):
    customer = CustomerFactory(partner=caller.account.partner)

    answer = caller.patch(f"/api/v1/customers/cus_{customer.pk}", {"address": text})

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["address"]


def test_takes_line_breaks_where_a_longer_text_is_meant(caller):
    customer = CustomerFactory(partner=caller.account.partner)
    path = f"/api/v1/customers/cus_{customer.pk}"

    kept = caller.patch(path, {"audience": "会员\r\n店员"})
    refused = caller.patch(path, {"audience": "会员\u202e店员"})

    assert kept.json()["audience"] == "会员\n店员"
    assert refused.status_code == 422


def test_a_reference_is_one_line_and_comes_back_as_it_was_given(caller):
    body = {"to": "13800138000", "text": "一\n二\u202e三"}

    refused = caller.post(body | {"reference": "a\nb"})
    kept = caller.post(body | {"reference": " Cafe\u0301 "})

    assert refused.status_code == 422
    assert kept.json()["reference"] == " Cafe\u0301 "


@pytest.mark.parametrize(
    "number", [str(2**70), "1e400", "-1e400", "1e308", "9" * 5_000, "1." + "1" * 5_000]
)
def test_numbers_of_any_size_are_refused_by_field(caller, number):
    body = f'{{"to": "13800138000", "text": "x", "valid_for": {number}}}'

    answer = caller.post(body.encode())

    assert answer.status_code in {400, 422}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"\\ud800": 1}',
        b'{"text": "\\ud800"}',
        b"\xff\xfe{}",
        b"{}\0",
    ],
)
def test_bodies_that_are_no_json_are_refused(caller, body):
    assert caller.post(body).status_code in {400, 413, 415, 422}


FAR = ["0001-01-01T00:00:00+23:59", "1949-01-01T00:00:00Z", "9999-12-31T23:59:59.999999-23:59"]


@pytest.mark.parametrize("moment", FAR)
def test_moments_of_any_year_are_reckoned_with(caller, moment):
    body = {"to": "13800138000", "text": "x", "send_at": moment}

    assert caller.post(body).status_code in {202, 422}
    assert caller.get("/api/v1/messages", {"since": moment}).status_code == 200
    assert caller.get("/api/v1/messages", {"until": moment}).status_code == 200


@pytest.mark.parametrize("key", ["sk_live_\0", "sk_live_\xff.\xfe", "s\x01k"])
def test_what_no_key_can_be_is_a_wrong_key(caller, key):
    headers = {"Authorization": f"Bearer {key}"}

    read = caller.get("/api/v1/balance", **headers)
    sent = caller.post({"to": "13800138000", "text": "x"}, **headers)

    assert [read.status_code, sent.status_code] == [401, 401]
