"""Every malformed or impossible request gets the problem document it should, and changes nothing."""

import json
from datetime import timedelta
from typing import NamedTuple

import httpx
import psycopg
import pytest
from django.db import InterfaceError
from django.http import UnreadablePostError
from django.test import Client

from apps.api.problems import answer_exception
from apps.common import clock
from apps.common.idempotency import IdempotencyInFlightError
from apps.partners.models import Account
from tests.factories.partners import CustomerFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.senders import MESSAGES, SEND, make_account, make_caller

JSON = "application/json"


class Case(NamedTuple):
    """A request that must be refused, and how."""

    body: object
    status: int
    code: str
    fields: tuple[str, ...] = ()
    content_type: str = JSON


def wrong(*fields, **values):
    return Case({**SEND, **values}, 422, "validation_error", fields or tuple(values))


MALFORMED = {
    "empty": Case(b" ", 400, "malformed_json"),
    "cut": Case(b'{"to": ', 400, "malformed_json"),
    "list": Case(b"[]", 400, "malformed_json"),
    "null": Case(b"null", 400, "malformed_json"),
    "nan": Case(b'{"to": NaN}', 400, "malformed_json"),
    "lone surrogate": Case(b'{"to": "\\ud800"}', 400, "malformed_json"),
    "deep": Case(b"[" * 100_000, 400, "malformed_json"),
    "gbk": Case(json.dumps(SEND, ensure_ascii=False).encode("gbk"), 400, "unsupported_encoding"),
    "said gbk": Case(SEND, 400, "unsupported_encoding", (), f"{JSON}; charset=gbk"),
    "gzip": Case(b"\x1f\x8b\x08\x00", 400, "unsupported_encoding"),
    "form": Case(b"to=1", 415, "unsupported_media_type", (), "application/x-www-form-urlencoded"),
    "no type": Case(SEND, 415, "unsupported_media_type", (), ""),
    "too large": Case(b" " * (12 * 1024 * 1024 + 1), 413, "too_large"),
    "nothing": Case({}, 422, "validation_error", ("to", "text")),
    "no text": Case({"to": "13800138000"}, 422, "validation_error", ("text",)),
    "unknown field": wrong(txet="x"),
    "two wrong": wrong(kind="spam", valid_for="1"),
    "to a number": wrong(to=13800138000),
    "to null": wrong(to=None),
    "to nobody": wrong(to=[]),
    "to mixed": wrong(to=["13800138000", 1]),
    "to an object": wrong(to={"number": "13800138000"}),
    "to too long": wrong(to="1" * 65),
    "to with nul": wrong(to=["13800138000", "1\0"]),
    "text a number": wrong(text=1),
    "text empty": wrong(text=""),
    "text blank": wrong(text=" \n\u3000"),
    "text too long": wrong(text="字" * 501),
    "text with nul": wrong(text="a\0b"),
    "text signed": wrong(text="【青禾软件】您好"),
    "signature a list": wrong(signature=[]),
    "signature with nul": wrong(signature="\0"),
    "signature too long": wrong(signature="字" * 33),
    "signature unknown": Case({**SEND, "signature": "别家"}, 422, "signature_not_approved"),
    "kind unknown": wrong(kind="NOTICE"),
    "kind a list": wrong(kind=["notice"]),
    "send_at a number": wrong(send_at=1_769_000_000),
    "send_at without offset": wrong(send_at="2026-12-01T09:00:00"),
    "send_at without day": wrong(send_at="2026-02-30T09:00:00+08:00"),
    "send_at past": wrong(send_at="0001-01-01T00:00:00+14:00"),
    "send_at far off": wrong(send_at="9999-12-31T23:59:59-12:00"),
    "valid_for short": wrong(valid_for=59),
    "valid_for long": wrong(valid_for=259_201),
    "valid_for text": wrong(valid_for="60"),
    "valid_for true": wrong(valid_for=True),
    "valid_for huge": wrong(valid_for=10**30),
    "valid_for broken": wrong(valid_for=60.5),
    "extension a number": wrong(extension=1),
    "extension long": wrong(extension="1234567"),
    "extension letters": wrong(extension="x"),
    "extension with a line": wrong(extension="1\n"),
    "reference a number": wrong(reference=1),
    "reference long": wrong(reference="r" * 129),
    "nobody left": Case({**SEND, "to": ["110", "+1 212 555 0100"]}, 422, "no_valid_recipient"),
}


def check(answer, status, code):
    """Hold an answer to the contract of every problem document; return it."""
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["type"] == f"http://testserver/api/errors/{code}/"
    assert problem["title"]
    assert problem["detail"]
    assert problem["request_id"] == answer["X-Request-Id"]
    return problem


def send(caller, case):
    body = case.body if isinstance(case.body, bytes) else json.dumps(case.body)
    return Client().post(
        MESSAGES,
        body,
        content_type=case.content_type,
        headers={"Authorization": f"Bearer {caller.plain}"},
    )


@pytest.mark.parametrize("case", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_send_is_refused_and_changes_nothing(caller, books, case):
    before = books()

    problem = check(send(caller, case), case.status, case.code)

    assert tuple(problem.get("errors", ())) == case.fields
    assert books() == before


class TestMayNotSend:
    def refused(self, caller, books, code):
        before = books()
        check(caller.post(SEND), 402 if code == "insufficient_credit" else 403, code)
        assert books() == before

    def test_without_credit(self, db, books):
        self.refused(make_caller(segments=0), books, "insufficient_credit")

    @pytest.mark.parametrize("status", ["SUSPENDED", "CLOSED"])
    def test_suspended_or_closed(self, caller, books, status):
        Account.objects.update(status=status)

        self.refused(caller, books, "account_suspended")

    @pytest.mark.parametrize(
        "change",
        [
            {"status": "TERMINATED"},
            {"ends_on": clock.local_date(clock.now())},
            {"starts_on": clock.local_date(clock.now()) + timedelta(days=1)},
        ],
        ids=["terminated", "ended", "not begun"],
    )
    def test_without_an_agreement(self, caller, books, change):
        caller.account.partner.agreements.update(**change)

        self.refused(caller, books, "agreement_inactive")

    @pytest.mark.parametrize("state", ["none", "submitted", "expired"])
    def test_for_a_customer_without_a_pledge(self, db, books, state):
        customer = CustomerFactory()
        if state == "submitted":
            PledgeFactory(customer=customer, submitted=True)
        elif state == "expired":
            today = clock.local_date(clock.now())
            PledgeFactory(
                customer=customer, approved=True,
                valid_from=today - timedelta(days=9), valid_until=today,
            )  # fmt: skip
        account = make_account(partner=customer.partner, customer=customer)

        self.refused(make_caller(account), books, "pledge_missing")

    def test_but_with_one_it_may(self, db):
        customer = CustomerFactory()
        today = clock.local_date(clock.now())
        PledgeFactory(
            customer=customer, approved=True,
            valid_from=today, valid_until=today + timedelta(days=1),
        )  # fmt: skip
        caller = make_caller(make_account(partner=customer.partner, customer=customer))

        assert caller.post(SEND).status_code == 202

    @pytest.mark.parametrize("status", ["SUBMITTED", "SUSPENDED", "REVOKED"])
    def test_under_a_signature_that_is_not_approved(self, caller, books, status):
        due_at = clock.now() if status == "SUBMITTED" else None
        caller.account.signatures.update(status=status, is_default=False, due_at=due_at)
        before = books()

        problem = check(
            caller.post({**SEND, "signature": "青禾软件"}), 422, "signature_not_approved"
        )

        assert problem["signature"] == "青禾软件"
        assert books() == before


class TestAddresses:
    @pytest.mark.parametrize(
        "path", ["/api/v1", "/api/v1/", "/api/v1/messages/", "/api/v1/nothing", "/api/v1/a/b/c"]
    )
    @pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
    def test_that_do_not_exist_are_not_found(self, db, path, method):
        answer = getattr(Client(), method)(path)

        check(answer, 404, "not_found")

    @pytest.mark.parametrize(
        "path", ["messages", "messages/msg_0", "batches/x", "balance", "ledger"]
    )
    @pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
    def test_refuse_other_methods(self, caller, path, method):
        answer = getattr(Client(), method)(
            f"/api/v1/{path}", headers={"Authorization": f"Bearer {caller.plain}"}
        )

        check(answer, 405, "method_not_allowed")
        assert "GET" in answer["Allow"]

    def test_answer_head_like_get(self, caller):
        answer = Client().head(
            "/api/v1/balance", headers={"Authorization": f"Bearer {caller.plain}"}
        )

        assert (answer.status_code, answer.content) == (200, b"")

    def test_under_a_foreign_host_name_are_told_without_a_link(self, db):
        answer = Client().get("/api/v1/nothing", headers={"Host": "a b"})

        assert answer.status_code == 404
        assert answer.json()["type"] == "/api/errors/not_found/"


class TestFaults:
    @pytest.mark.parametrize(
        ("exception", "status", "code", "retry_after"),
        [
            (psycopg.OperationalError("server closed"), 503, "unavailable", "2"),
            (InterfaceError("connection already closed"), 503, "unavailable", "2"),
            (IdempotencyInFlightError(), 409, "idempotency_in_flight", "1"),
            (KeyError("secret"), 500, "internal_error", None),
            (UnreadablePostError(), 408, "body_incomplete", None),
        ],
        ids=["lost", "closed", "in flight", "unforeseen", "broken off"],
    )
    def test_are_told_without_what_is_nobodys_business(
        self, rf, exception, status, code, retry_after
    ):
        answer = answer_exception(exception, rf.get("/api/v1/balance"))

        assert (answer.status_code, answer.get("Retry-After")) == (status, retry_after)
        problem = json.loads(answer.content)
        assert problem["code"] == code
        assert "secret" not in answer.content.decode()


@pytest.mark.slow
def test_a_body_in_chunks_is_read_up_to_the_same_size(server):
    send, too_large = [b'{"to": "13800138000", ', b'"text": "hello"}'], [b" " * 2**20] * 13
    headers = {"Authorization": f"Bearer {make_caller().plain}", "Content-Type": JSON}

    statuses = [
        httpx.post(
            server.url + MESSAGES,
            content=iter(pieces),
            headers=headers,
            timeout=30,
            trust_env=False,
        ).status_code
        for pieces in (send, too_large)
    ]

    assert statuses == [202, 413]


class TestRequestId:
    def test_of_the_caller_is_kept(self, caller):
        answer = caller.post(SEND, **{"X-Request-Id": "order-2026.1"})

        assert answer["X-Request-Id"] == "order-2026.1"

    @pytest.mark.parametrize("given", ["short", "a b c d e f g", "x" * 65, "<script>alert"])
    def test_that_is_not_plain_is_replaced(self, caller, given):
        answer = caller.get("/api/v1/nothing", **{"X-Request-Id": given})

        assert len(answer["X-Request-Id"]) == 32
        assert answer.json()["request_id"] == answer["X-Request-Id"]

    def test_differs_from_request_to_request(self, caller):
        ids = {caller.get("/api/v1/balance")["X-Request-Id"] for _ in range(3)}

        assert len(ids) == 3
