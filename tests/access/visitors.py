"""Who comes: every kind of visitor, each with a browser of their own, and software with a key."""

from django.conf import settings
from django.test import Client

from apps.partners.choices import PartnerRole
from apps.users.choices import StaffRole
from tests.factories.partners import MembershipFactory
from tests.factories.users import PASSWORD, StaffFactory, UserFactory

ANONYMOUS, STRANGER, OTHER = "anonymous", "no partner", "other partner"
PARTNER = [f"partner {role.value}" for role in PartnerRole]
STAFF = [f"staff {role.value}" for role in StaffRole]
VISITORS = [ANONYMOUS, STRANGER, OTHER, *PARTNER, *STAFF]


def person_of(visitor, partner):
    """Enter the person that a kind of visitor is, None for nobody; partners' people are `partner`'s."""
    kind, _, role = visitor.partition(" ")
    if visitor == STRANGER:
        return UserFactory()
    if visitor == OTHER:
        return MembershipFactory().user
    if kind == "partner":
        return MembershipFactory(partner=partner, role=role).user
    if kind == "staff":
        return StaffFactory(staff_role=role)
    return None


def session_of(person):
    """Sign a person in and return the key of the session; empty for nobody."""
    if person is None:
        return ""
    client = Client()
    client.force_login(person)
    return client.session.session_key


def browser_of(visitor, world):
    """Return a new browser of a visitor, signed in unless it is nobody's."""
    client = Client()
    if world.sessions[visitor]:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[visitor]
    return client


def software_of(world):
    """Return software that asks with the key of the world's account."""
    return Client(headers={"Authorization": f"Bearer {world.secret}"})


def credentials_of(person):
    """The words under which any form of Django, unfold or allauth asks for name and password."""
    names = dict.fromkeys(("login", "username", "name", "email", "user"), person.username)
    words = ("password", "password1", "password2", "new_password1", "new_password2")
    return names | dict.fromkeys((*words, "old_password", "oldpassword"), PASSWORD)
