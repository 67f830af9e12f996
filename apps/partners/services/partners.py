"""Partners and the people who work for them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import conflicts
from apps.common.errors import ConflictError, InvalidError
from apps.partners import locks
from apps.partners.choices import PartnerRole
from apps.partners.models import Membership, Partner
from apps.partners.services import credit_codes
from apps.users.models import User


class PartnerExistsError(ConflictError):
    """Another partner has that registered name."""

    code = "partner_exists"
    field = "name"
    message = _("A partner named %(name)s is registered already.")
    cure = _("Search the list of partners for that name.")


class AlreadyMemberError(ConflictError):
    """The person works for a partner already; one person has one place."""

    code = "already_member"
    message = _("%(user)s works for a partner already.")
    cure = _("One person works for one partner. Enter another log-in for this one.")


class SecurityRulesMissingError(InvalidError):
    """A statement says something."""

    code = "security_rules_missing"
    message = _("Write down how the company keeps its security rules.")
    cure = _("Describe who approves messages and how data is kept.")


class StaffMemberError(ConflictError):
    """Gateway staff cannot work for a partner (agreement clause 4)."""

    code = "staff_cannot_join"
    message = _("%(user)s is staff of the gateway and cannot work for a partner.")
    cure = _("Use a log-in that is not one of the gateway's staff.")


@transaction.atomic
def create(
    *,
    name: str,
    by: Actor,
    credit_code: str = "",
    phone: str = "",
    fax: str = "",
    postcode: str = "",
    address: str = "",
) -> Partner:
    """Register a reseller company under its registered name.

    Raises:
        PartnerExistsError: the name is taken.
        CreditCodeError: a company code was given and is wrong.
    """
    exists = PartnerExistsError(name=name)
    if Partner.objects.filter(name=name).exists():
        raise exists
    with act("partners.create", by=by), conflicts.told(partners_partner_name_key=exists):
        return Partner.objects.create(
            name=name,
            credit_code=credit_codes.checked(credit_code),
            phone=phone,
            fax=fax,
            postcode=postcode,
            address=address,
        )


@transaction.atomic
def edit(
    *,
    partner_id: int,
    name: str,
    by: Actor,
    credit_code: str = "",
    phone: str = "",
    fax: str = "",
    postcode: str = "",
    address: str = "",
) -> Partner:
    """Put all particulars of a partner in place of the old ones.

    Raises:
        PartnerExistsError: another partner has the name.
        CreditCodeError: a company code was given and is wrong.
    """
    partner = locks.partner(partner_id)
    exists = PartnerExistsError(name=name)
    if Partner.objects.filter(name=name).exclude(pk=partner_id).exists():
        raise exists
    partner.name, partner.credit_code = name, credit_codes.checked(credit_code)
    partner.phone, partner.fax = phone, fax
    partner.postcode, partner.address = postcode, address
    with act("partners.edit", by=by), conflicts.told(partners_partner_name_key=exists):
        partner.save()
    return partner


@transaction.atomic
def state_security_rules(*, partner_id: int, rules: str, by: Actor, at: datetime) -> Partner:
    """Keep the partner's statement of its own security rules (agreement clause 6(1)).

    Raises:
        SecurityRulesMissingError: the statement is blank.
    """
    if not rules.strip():
        raise SecurityRulesMissingError
    partner = locks.partner(partner_id)
    partner.security_rules, partner.security_rules_stated_at = rules.strip(), at
    with act("partners.state_security_rules", by=by):
        partner.save(update_fields=["security_rules", "security_rules_stated_at"])
    return partner


@transaction.atomic
def add_member(*, partner: Partner, user: User, role: PartnerRole, by: Actor) -> Membership:
    """Give a person a place at a partner.

    Raises:
        StaffMemberError: the person is staff of the gateway.
        AlreadyMemberError: the person works for a partner already.
    """
    locks.partner(partner.pk)
    if user.is_staff:
        raise StaffMemberError(user=user.username)
    already = AlreadyMemberError(user=user.username)
    if Membership.objects.filter(user=user).exists():
        raise already
    with (
        act("partners.add_member", by=by),
        conflicts.told(partners_membership_user_id_key=already),  # perhaps at another partner
    ):
        return Membership.objects.create(partner=partner, user=user, role=role)
