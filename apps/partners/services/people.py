"""Partners' people: a log-in and a place at the partner, in one act."""

from django.db import transaction

from apps.audit.actors import Actor
from apps.partners.choices import PartnerRole
from apps.partners.models import Membership, Partner
from apps.partners.services import partners
from apps.users.services import people


@transaction.atomic
def enrol(
    *,
    partner: Partner,
    username: str,
    first_name: str,
    last_name: str,
    role: PartnerRole,
    email: str = "",
    by: Actor,
) -> tuple[Membership, str]:
    """Enter a partner's person; return the place and the first password, which is kept nowhere.

    Raises:
        UsernameTakenError: the log-in name is in use.
    """
    user, password = people.enter(
        username=username, first_name=first_name, last_name=last_name, email=email, by=by
    )
    return partners.add_member(partner=partner, user=user, role=role, by=by), password
