"""The OpenAPI document: valid, without warnings, and true to the contract and to the reader."""

import json
from io import StringIO

import jsonschema_rs
import orjson
import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.api.messages.bodies import Send
from apps.api.schema import described
from apps.common.errors import InvalidRequestError

LISTED, SHOWN = {200, 401, 403, 422, 503}, {200, 401, 403, 404, 503}
STEPPED = {200, 401, 403, 404, 409, 422, 503}
BEGUN = {400, 401, 403, 409, 413, 415, 422, 503}
OPERATIONS = {
    ("/api/v1/messages", "post"): {202, 400, 401, 402, 403, 409, 413, 415, 422, 503},
    ("/api/v1/messages", "get"): {200, 401, 403, 422, 503},
    ("/api/v1/messages/{message_id}", "get"): {200, 401, 403, 404, 503},
    ("/api/v1/batches/{batch_id}", "get"): {200, 401, 403, 404, 503},
    ("/api/v1/balance", "get"): {200, 401, 403, 503},
    ("/api/v1/ledger", "get"): {200, 401, 403, 422, 503},
    ("/api/v1/rates/quote", "get"): {200, 401, 403, 404, 422, 503},
    ("/api/v1/accounts", "get"): {200, 401, 403, 422, 503},
    ("/api/v1/accounts/{code}", "get"): {200, 401, 403, 404, 503},
    ("/api/v1/accounts/{code}", "patch"): {200, 400, 401, 403, 404, 413, 415, 422, 503},
    ("/api/v1/accounts/{code}/transfers", "post"): {201, 402, 404, *BEGUN},
    **{
        (f"/api/v1/{name}", method): statuses
        for name in ("signatures", "customers", "pledges", "recharges")
        for method, statuses in (("get", LISTED), ("post", {201, *BEGUN}))
    },
    **{
        (f"/api/v1/{name}", method): statuses
        for name in ("signatures/{signature_id}", "customers/{customer_id}", "pledges/{pledge_id}")
        for method, statuses in (("get", SHOWN), ("patch", {200, 404, *BEGUN}))
    },
    ("/api/v1/signatures/{signature_id}", "delete"): {200, 401, 403, 404, 409, 503},
    ("/api/v1/signatures/{signature_id}/proofs", "post"): {201, 404, *BEGUN},
    ("/api/v1/signatures/{signature_id}/submit", "post"): STEPPED,
    ("/api/v1/signatures/{signature_id}/urge", "post"): STEPPED,
    ("/api/v1/pledges/{pledge_id}/form", "get"): {*SHOWN, 422},
    ("/api/v1/pledges/{pledge_id}/form", "post"): STEPPED,
    ("/api/v1/pledges/{pledge_id}/signed-copy", "post"): {200, 404, *BEGUN},
    ("/api/v1/pledges/{pledge_id}/submit", "post"): STEPPED,
}
FORM_OF_PLEDGE = ("/api/v1/pledges/{pledge_id}/form", "get", "200")


@pytest.fixture(scope="module")
def document():
    """The document as the command writes it; a warning of the generator fails."""
    out = StringIO()
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=out
    )
    return json.loads(out.getvalue())


class TestDocument:
    def test_names_every_operation_with_its_statuses(self, document):
        told = {
            (path, method): {int(status) for status in operation["responses"]}
            for path, item in document["paths"].items()
            for method, operation in item.items()
        }

        # Every operation takes a key, and too many wrong ones are refused.
        assert told == {each: statuses | {429} for each, statuses in OPERATIONS.items()}

    def test_tells_errors_as_problem_documents_and_all_with_a_request_id(self, document):
        for path, item in document["paths"].items():
            for method, operation in item.items():
                for status, answer in operation["responses"].items():
                    kind = "json" if status < "300" else "problem+json"
                    if (path, method, status) == FORM_OF_PLEDGE:
                        kind = "pdf"
                    assert list(answer["content"]) == [f"application/{kind}"]
                    assert "X-Request-Id" in answer["headers"]

    def test_wants_a_bearer_key_everywhere(self, document):
        assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
        for item in document["paths"].values():
            assert all(operation["security"] == [{"key": []}] for operation in item.values())

    def test_wants_a_body_for_a_send_and_takes_an_idempotency_key(self, document):
        send = document["paths"]["/api/v1/messages"]["post"]

        assert send["requestBody"]["required"] is True
        assert [parameter["name"] for parameter in send["parameters"]] == ["Idempotency-Key"]

    @pytest.mark.parametrize("page", ["schema", "docs"])
    def test_is_readable_without_a_key(self, client, page):
        answer = client.get(reverse(f"api:{page}"))

        assert answer.status_code == 200
        assert "//cdn" not in answer.content.decode()


# Bodies: mostly fields of the right name, with values at and around their limits.
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
TEXTS = st.text(max_size=8) | st.sampled_from(
    ["", " ", "\u3000", "\x1f\x85", "\0", "字" * 500, "字" * 501]
)
NUMBERS = st.sampled_from(["13800138000", "", "1" * 64, "1" * 65, "1\0"]) | st.text(max_size=12)
OFFSETS = st.sampled_from(["+08:00", "Z", "-12:00", ""])
TIMES = st.builds(lambda at, offset: at.isoformat() + offset, st.datetimes(), OFFSETS)
EDGES = {n: st.text(min_size=n, max_size=n) for n in (32, 33, 128, 129)}
FIELDS = {
    "to": NUMBERS | st.lists(NUMBERS, max_size=3) | st.lists(SCALARS, max_size=2) | SCALARS,
    "text": TEXTS | SCALARS,
    "signature": TEXTS | EDGES[32] | EDGES[33] | SCALARS,
    "kind": st.sampled_from(["otp", "notice", "marketing", "OTP", ""]) | SCALARS,
    "send_at": TIMES | SCALARS,
    "valid_for": st.integers(58, 61) | st.integers(259_199, 259_201) | st.just(60.0) | SCALARS,
    "extension": st.from_regex(r"\A[0-9]{0,7}\Z") | SCALARS,
    "reference": TEXTS | EDGES[128] | EDGES[129] | SCALARS,
}
GOOD = {"to": "13800138000", "text": "您好"}
CHANGES = st.one_of(
    *(st.fixed_dictionaries({name: values}) for name, values in FIELDS.items()),
    st.fixed_dictionaries({}, optional=FIELDS),
    st.dictionaries(st.text(max_size=5), SCALARS, max_size=2),
)
BODIES = st.builds(dict.__or__, st.sampled_from([GOOD, {}]) | st.just(GOOD), CHANGES)
DOCUMENTED = jsonschema_rs.validator_for(described(Send), validate_formats=True)


def is_read(body):
    """Tell whether the reader takes a body, as JSON brings it."""
    try:
        Send.read(body)
    except InvalidRequestError:
        return False
    return True


class TestReader:
    @settings(max_examples=300)
    @given(body=BODIES)
    def test_takes_what_the_document_allows_and_nothing_else(self, body):
        arrived = orjson.loads(json.dumps(body))

        assert is_read(arrived) == DOCUMENTED.is_valid(arrived)

    @pytest.mark.parametrize(
        "time", ["2026-12-01T09:00+08:00", "2026-12-01 09:00:00+0800", "2026-12-01t09:00:00.5z"]
    )
    def test_is_kinder_than_rfc_3339_with_times(self, time):
        assert is_read({"to": "13800138000", "text": "您好", "send_at": time})
