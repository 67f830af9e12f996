"""Who gets what, over every address: a route that is not listed here fails the suite.

Routes come from the URLconf. `EXPECTED` says for each what each kind of visitor gets:

    sees      2xx               login     sent to the sign-in page
    moves     another redirect  forbidden 403
    missing   404               method    405, the page takes only a form
    unready     503: no worker runs in a test
    refused   401 or 4xx of the REST interface
"""

import pytest
from django.urls import reverse

from tests.access.addresses import ROUTES, address_of
from tests.access.expected import EXPECTED
from tests.access.outcomes import outcome_of
from tests.access.visitors import VISITORS, browser_of


def test_every_route_is_listed():
    assert [route for route in ROUTES if route not in EXPECTED] == []


def test_no_route_is_listed_that_is_gone():
    assert sorted(set(EXPECTED) - set(ROUTES)) == []


@pytest.mark.parametrize("route", ROUTES)
def test_who_gets_what(route, world):
    address = address_of(route, world)

    outcomes, kept = {}, {}
    for visitor in VISITORS:
        response = browser_of(visitor, world).get(address)
        outcomes[visitor] = outcome_of(response, route)
        if "no-store" not in response.headers["Cache-Control"]:
            kept[visitor] = response.headers["Cache-Control"]
        if response.streaming:
            assert b"".join(response.streaming_content)

    assert outcomes == EXPECTED[route]
    assert kept == {}


@pytest.mark.django_db
class TestForms:
    """What a form would do, tried by everybody who may not."""

    @pytest.mark.parametrize("visitor", [v for v in VISITORS if v != "partner OWNER"])
    def test_only_the_owner_ends_a_key(self, visitor, world):
        address = reverse("portal:key-revoke", args=[world.key.prefix])

        browser_of(visitor, world).post(address)

        world.key.refresh_from_db()
        assert not world.key.revoked
