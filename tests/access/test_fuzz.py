"""Nothing that anybody writes anywhere is a fault of ours, or takes a second to refuse.

Every address is asked with hostile queries, forms, bodies and path segments by who may see it. A
run takes a few of all pairs of field and payload, the same each time; `FUZZ_SHARE=1` takes all.
"""

import json
import os
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator

from tests.access.addresses import ROUTES, address_of
from tests.access.expected import EXPECTED
from tests.access.fuzzing import ADMIN, Findings, Page, form, names_in_source, names_of_forms, turn
from tests.access.hostile import PAYLOADS, RAW_VALUES, VALUES
from tests.access.visitors import ANONYMOUS, VISITORS, browser_of, software_of

pytestmark = pytest.mark.slow
SHARE = float(os.environ.get("FUZZ_SHARE", "0"))
PAGES = [route for route in ROUTES if not route.startswith("api:")]
HOSTILE = list(PAYLOADS.values())
FIRST = ["staff ADMINISTRATOR", "partner OWNER"]
VISITORS_IN_ORDER = FIRST + [visitor for visitor in VISITORS if visitor not in FIRST]
READ_BY_VIEWS = names_in_source()
OF_FORMS = READ_BY_VIEWS | names_of_forms()


def names_beside(route):
    """Return what a page may read though it shows it nowhere; the admin's lists refuse other names."""
    return set(ADMIN) if route.startswith("admin:") else READ_BY_VIEWS


def share(route, name):
    """Return the payloads that this run tries for one field."""
    start = turn(route, name)
    return [HOSTILE[(start + step) % len(HOSTILE)] for step in range(_count(1))]


def mixtures(route, names):
    """Give each name a payload of its own; over all rounds each name has had each payload."""
    for step in range(_count(1)):
        yield {
            name: HOSTILE[(turn(route) + step + place) % len(HOSTILE)]
            for place, name in enumerate(sorted(names))
        }


def some(route, names):
    """Return the fields that this run tries one by one, a share of them."""
    by_turn = sorted(names, key=lambda name: turn(route, name))
    return by_turn[: max(1, round(len(by_turn) * SHARE))]


def _count(least):
    return max(least, round(len(HOSTILE) * SHARE))


def visitors_of(route):
    """Return everybody who sees a page or may send its form."""
    return [each for each in VISITORS_IN_ORDER if EXPECTED[route][each] in {"sees", "method"}]


def most_powerful(route):
    return next(iter(visitors_of(route)), FIRST[0])


@pytest.mark.parametrize("route", PAGES)
def test_no_query_or_form_is_a_fault_of_ours(route, world):
    address, found = address_of(route, world), Findings(route)
    powerful = browser_of(most_powerful(route), world)
    page = Page(found.ask(powerful, "GET", address))

    for visitor in visitors_of(route):
        for asked in mixtures(f"{route}{visitor}", page.query | names_beside(route)):
            found.ask(browser_of(visitor, world), "GET", f"{address}?{urlencode(asked)}")
        for sent in mixtures(f"{visitor}{route}", {*page.fields, *OF_FORMS}):
            found.ask(browser_of(visitor, world), "POST", address, **form(sent))
    singly = [*some(route, page.query), *(ADMIN[:3] if route.endswith("_changelist") else ())]
    for name in singly:
        for payload in share(route, name):
            found.ask(powerful, "GET", f"{address}?{urlencode({name: payload})}")
    for name in some(route, page.fields):
        for payload in share(route, name):
            found.ask(powerful, "POST", address, **form(page.fields | {name: payload}))

    assert found.wrong == []


@pytest.mark.parametrize("route", ROUTES)
def test_no_address_is_a_fault_of_ours(route, world):
    address, found = address_of(route, world), Findings(route)
    browser = software_of(world) if route.startswith("api:") else browser_of(FIRST[0], world)
    owner = browser_of(FIRST[1], world)
    parts = address.split("/")
    given = {str(value) for value in resolve(address).captured_kwargs.values()}

    for place, part in enumerate(parts):
        for payload in share(route, place) if part in given else ():
            hostile = "/".join(
                [*parts[:place], quote(payload[:2_000], safe=""), *parts[place + 1 :]]
            )
            found.ask(browser, "GET", hostile)
            found.ask(owner, "POST", hostile, **form({}))

    assert found.wrong == []


def operations():
    """Return every operation of the REST interface with its parameters and the fields of its body."""
    document = SchemaGenerator(api_version=None).get_schema(request=None, public=True)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            query = [
                each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"
            ]
            bodies = operation.get("requestBody", {}).get("content", {})
            schema = next((each["schema"] for each in bodies.values()), {})
            name = schema.get("$ref", "").rpartition("/")[2]
            properties = document["components"]["schemas"].get(name, schema).get("properties", {})
            yield pytest.param(
                method.upper(),
                path,
                query,
                properties,
                next(iter(bodies), ""),
                id=f"{method} {path}",
            )


@pytest.mark.parametrize(("method", "path", "query", "properties", "kind"), list(operations()))
def test_no_request_of_software_is_a_fault_of_ours(method, path, query, properties, kind, world):
    found, software = Findings(f"{method} {path}"), software_of(world)
    address = _filled(path, world)
    for asked in mixtures(path, {*query, "cursor", "limit"}):
        found.ask(software, method, f"{address}?{urlencode(asked)}")
    base = {name: _example(schema) for name, schema in properties.items()}
    for name in properties:
        for body in _bodies(path, base, name):
            found.ask(software, method, address, data=body, content_type="application/json")
        for payload in share(path, name) if kind == "multipart/form-data" else ():
            found.ask(software, method, address, **form(base | {name: payload}))

    assert found.wrong == []


def _filled(path, world):
    names = {"{code}": world.account.code, "{signature_id}": f"sig_{world.draft.pk}"}
    names |= {"{customer_id}": f"cus_{world.account.customer_id}", "{pledge_id}": "plg_1"}
    names |= {"{message_id}": f"msg_{'0' * 32}", "{batch_id}": f"bat_{'0' * 32}"}
    for placeholder, value in names.items():
        path = path.replace(placeholder, value)
    return path


def _example(schema):
    choices = schema.get("enum") or [None]
    return schema.get("example") or choices[0] or ("青禾" if schema.get("type") == "string" else 1)


def _bodies(path, base, name):
    count = max(3, round(len(VALUES) * SHARE))
    for step in range(count):
        yield json.dumps(base | {name: VALUES[(turn(path, name) + step) % len(VALUES)]}).encode()
    whole, marked = json.dumps(base | {name: "HERE"}), json.dumps("HERE")
    for raw in RAW_VALUES[turn(path, name) % 3 :: 3]:
        yield whole.replace(marked, raw).encode()


HEADERS = [
    *("Accept-Language", "Idempotency-Key", "X-Request-Id", "User-Agent", "Referer", "Origin"),
    *("HX-Request", "HX-Target", "HX-Current-URL", "HX-Trigger-Name", "X-Requested-With", "Range"),
    *("X-Forwarded-For", "If-Modified-Since", "If-None-Match", "Accept", "Authorization"),
]
COOKIES = ["sessionid", "csrftoken", "messages", "django_language", "x"]


@pytest.mark.parametrize("payload", HOSTILE, ids=PAYLOADS)
def test_no_header_or_cookie_is_a_fault_of_ours(payload, world):
    sent = payload[:4_000].replace("\r\n", " ").encode().decode("latin-1")
    pages = [
        "/",
        "/messages/",
        "/accounts/login/",
        "/admin/",
        "/admin/judging/",
        "/static/css/portal.css",
    ]
    owner = browser_of(FIRST[turn(payload) % 2], world)
    found = Findings("headers")

    for address in pages:
        found.ask(owner, "GET", address, headers=dict.fromkeys(HEADERS[:-1], sent))
    software = software_of(world)
    found.ask(software, "GET", "/api/v1/balance", headers=dict.fromkeys(HEADERS[:-1], sent))
    found.ask(software, "POST", "/api/v1/messages", data=b"{}", content_type=sent)
    found.ask(software, "GET", "/api/v1/balance", headers={"Authorization": f"Bearer {sent}"})
    for name in COOKIES:
        stranger = browser_of(ANONYMOUS, world)
        stranger.cookies[settings.SESSION_COOKIE_NAME if name == "sessionid" else name] = sent
        found.ask(stranger, "GET", "/accounts/login/")
        found.ask(stranger, "POST", "/i18n/setlang/", **form({"language": sent, "next": sent}))

    assert found.wrong == []
