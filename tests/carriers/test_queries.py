"""The operator of numbers and the routes in use, as the send path asks."""

import pytest

from apps.carriers import queries
from apps.carriers.models import Connector, NumberSegment, PortedNumber, Route
from apps.common.cache import forget_all
from tests.factories.messaging import ConnectorFactory, RouteFactory

pytestmark = pytest.mark.django_db


def operator(number):
    return dict(queries.operators_of([number]))[number]


class TestOperators:
    @pytest.mark.parametrize(
        ("number", "expected"),
        [
            ("13800138000", "MOBILE"),
            ("13000138000", "UNICOM"),
            ("13300138000", "TELECOM"),
            ("18900138000", "TELECOM"),
            ("19200138000", "BROADNET"),
            ("14900138000", "TELECOM"),
            ("16500138000", "MOBILE"),
            ("02185418874", "PHS"),
        ],
    )
    def test_are_known_by_segment(self, number, expected):
        assert operator(number) == expected

    def test_follow_an_override_before_longer_segments_of_the_library(self):
        NumberSegment.objects.create(prefix="138", operator="UNICOM")

        assert operator("13800138000") == "UNICOM"

    def test_follow_a_longer_override_within_an_override(self):
        NumberSegment.objects.create(prefix="1380", operator="UNICOM")
        NumberSegment.objects.create(prefix="13800138", operator="TELECOM")

        assert [operator(n) for n in ("13800138000", "13800139000")] == ["TELECOM", "UNICOM"]

    def test_follow_a_number_that_was_ported(self):
        PortedNumber.objects.create(number="13800138000", operator="TELECOM")

        pairs = list(queries.operators_of(["13900138000", "13800138000"]))

        assert pairs == [("13900138000", "MOBILE"), ("13800138000", "TELECOM")]

    def test_are_kept_for_a_moment(self, django_assert_num_queries):
        operator("13800138000")

        with django_assert_num_queries(0):
            list(queries.operators_of([f"138{n:08}" for n in range(1000)]))


class TestRoutes:
    def test_are_those_of_the_operator_in_order_of_priority(self):
        second = RouteFactory(priority=20)
        first = RouteFactory(priority=10)

        assert queries.routes_for("MOBILE", is_test=False) == [first, second]

    def test_are_the_whole_network_ones_without_any_of_its_own(self):
        whole = RouteFactory(operator="OTHER")

        assert queries.routes_for("PHS", is_test=False) == [whole]

    def test_of_tests_and_of_service_are_apart(self):
        RouteFactory()

        assert queries.routes_for("MOBILE", is_test=True) == []

    @pytest.mark.parametrize("model", [Route, Connector])
    def test_that_are_switched_off_are_not_used(self, model):
        RouteFactory(connector=ConnectorFactory())
        model.objects.update(is_enabled=False)

        assert queries.routes_for("MOBILE", is_test=False) == []

    def test_are_loaded_anew_when_forgotten(self):
        assert queries.routes_for("MOBILE", is_test=False) == []
        route = RouteFactory()
        assert queries.routes_for("MOBILE", is_test=False) == []

        forget_all()

        assert queries.routes_for("MOBILE", is_test=False) == [route]
