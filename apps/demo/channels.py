"""Routes for every operator through the carrier simulator, for live keys and for test keys."""

from django.db import transaction

from apps.audit.acts import act
from apps.carriers.choices import Operator, Protocol
from apps.carriers.models import Connector, Route
from apps.demo.people import QUICKSTART

CONNECTOR = "模拟运营商"


@transaction.atomic
def open_all(*, url: str) -> None:
    """Open the channels of a new database."""
    with act("carriers.connector.add", by=QUICKSTART):
        connector = Connector.objects.create(name=CONNECTOR, protocol=Protocol.SIMULATOR, url=url)
    with act("carriers.route.add", by=QUICKSTART):
        for is_test in (False, True):
            for operator in Operator.values:
                Route.objects.create(operator=operator, connector=connector, is_test=is_test)


def move_to(*, url: str) -> None:
    """Follow the simulator when it listens on another port than before."""
    for connector in Connector.objects.filter(name=CONNECTOR).exclude(url=url):
        connector.url = url
        with act("carriers.connector.change", by=QUICKSTART):
            connector.save(update_fields=["url"])
