"""Loading the demonstration set into an empty database."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from apps.demo import channels, companies, customers, money, naming, people, traffic
from apps.demo.companies import QINGHE, YUNFAN, Client
from apps.demo.people import Login
from apps.partners.choices import KeyMode


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """What was made, with every secret that is kept nowhere else."""

    staff: list[Login]
    clients: list[Client] = field(default_factory=list)
    customer_key: str = ""


@transaction.atomic
def begin(*, simulator_url: str) -> Loaded:
    """Make what a database needs to be used at all: an administrator and channels."""
    channels.open_all(url=simulator_url)
    return Loaded(staff=people.enrol_administrator().logins)


@transaction.atomic
def load(*, simulator_url: str, at: datetime) -> Loaded:
    """Make the whole set except its traffic, which begins at `at`."""
    channels.open_all(url=simulator_url)
    team = people.enrol_colleagues(people.enrol_administrator())
    companies.name_gateway(by=team.actors["admin"])
    signed = at - timedelta(days=45)
    money.publish_prices(team=team.actors, at=signed - timedelta(days=30))
    yunfan = companies.sign_up(YUNFAN, team=team.actors, at=signed)
    qinghe = companies.sign_up(QINGHE, team=team.actors, at=signed + timedelta(days=9))
    naming.sign_both(yunfan, qinghe, team=team.actors, at=at - timedelta(days=35))
    dentist = customers.add_dentist(yunfan, team=team.actors, at=at - timedelta(days=20))
    money.credit_first_recharges(yunfan, qinghe, team=team.actors, at=at - timedelta(days=30))
    money.share_with(dentist, yunfan, at=at - timedelta(days=19))
    customers.add_bookshop(yunfan, at=at - timedelta(hours=20))
    customers.add_school(qinghe, team=team.actors, at=at - timedelta(days=3))
    naming.show_states(yunfan, qinghe, team=team.actors, at=at)
    money.leave_waiting(yunfan, qinghe, team=team.actors, at=at - timedelta(hours=2))
    return Loaded(
        staff=team.logins,
        clients=[yunfan, qinghe],
        customer_key=companies.key(dentist, name="预约系统", mode=KeyMode.LIVE, by=yunfan.owner),
    )


def send_traffic(loaded: Loaded) -> None:
    """Queue the set's messages; outside a transaction, as the send path works."""
    yunfan, qinghe = loaded.clients
    traffic.send_for_customer(loaded.customer_key)
    traffic.send_for_other_partner(qinghe.api_key)
    traffic.send_a_test(yunfan.test_api_key)
    traffic.send_for_partner(yunfan.api_key)
