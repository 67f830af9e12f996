"""The people of the demonstration set: staff of each role, and each partner's people."""

from dataclasses import dataclass
from typing import NamedTuple

from apps.audit.actors import Actor
from apps.partners.choices import PartnerRole
from apps.partners.models import Partner
from apps.partners.services import partners
from apps.users.choices import StaffRole
from apps.users.permissions import has_power
from apps.users.services import people, staff

# Whoever does something here that no person of the set can have done yet.
QUICKSTART = Actor(kind="system", label="quickstart")


class Person(NamedTuple):
    """A name and how it signs in; the role is one of staff or of a partner."""

    username: str
    last_name: str
    first_name: str
    role: str


ADMINISTRATOR = Person("admin", "陈", "静", StaffRole.ADMINISTRATOR)
# Two in finance, since nobody confirms a recharge from money that they entered.
COLLEAGUES = (
    Person("reviewer", "周", "敏", StaffRole.REVIEWER),
    Person("finance", "林", "涛", StaffRole.FINANCE),
    Person("finance2", "郑", "洁", StaffRole.FINANCE),
    Person("risk", "孙", "磊", StaffRole.RISK),
    Person("support", "何", "欣", StaffRole.SUPPORT),
    Person("auditor", "高", "远", StaffRole.AUDITOR),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Login:
    """What a person signs in with, as quickstart.json shows it."""

    role: str
    username: str
    password: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """The gateway's people as actors by user name, and their log-ins."""

    actors: dict[str, Actor]
    logins: list[Login]


def enrol_administrator() -> Staff:
    """Enter the person who enters everybody else."""
    actor, login = _enrol(ADMINISTRATOR, by=QUICKSTART)
    return Staff(actors={ADMINISTRATOR.username: actor}, logins=[login])


def enrol_colleagues(team: Staff) -> Staff:
    """Enter staff of the other roles; those with power at the server, as the first people are."""
    entered = {person.username: _enrol(person, by=QUICKSTART) for person in COLLEAGUES}
    return Staff(
        actors=team.actors | {name: actor for name, (actor, _login) in entered.items()},
        logins=team.logins + [login for _actor, login in entered.values()],
    )


def join(
    partner: Partner, persons: tuple[Person, ...], *, by: Actor
) -> tuple[dict[str, Actor], list[Login]]:
    """Enter a partner's people; return them as actors by role, and their log-ins."""
    actors, logins = {}, []
    for person in persons:
        user, password = people.enter(
            username=person.username,
            first_name=person.first_name,
            last_name=person.last_name,
            email=f"{person.username}@partner.example",
            by=by,
        )
        partners.add_member(partner=partner, user=user, role=PartnerRole(person.role), by=by)
        actors[person.role] = user.as_actor()
        logins.append(_login(person, password))
    return actors, logins


def _enrol(person: Person, *, by: Actor) -> tuple[Actor, Login]:
    role = StaffRole(person.role)
    enrol = staff.enrol_at_the_server if has_power(role) else staff.enrol
    user, password = enrol(
        username=person.username,
        first_name=person.first_name,
        last_name=person.last_name,
        role=role,
        email=f"{person.username}@gateway.example",
        by=by,
    )
    return user.as_actor(), _login(person, password)


def _login(person: Person, password: str) -> Login:
    return Login(role=person.role.lower(), username=person.username, password=password)
