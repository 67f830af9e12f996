"""Partners, the people who work for them and their customers."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, DomainError
from apps.partners import locks
from apps.partners.choices import PartnerRole
from apps.partners.models import Customer, Membership, Partner
from apps.users.models import User


class PartnerExistsError(ConflictError):
    """Another partner has that registered name."""

    code = "partner_exists"
    message = _("A partner named %(name)s is registered already.")


class CustomerExistsError(ConflictError):
    """The partner has a customer of that name."""

    code = "customer_exists"
    message = _("This partner has a customer named %(name)s already.")


class CreditCodeError(DomainError):
    """The company code does not have the form, or its check digit is wrong."""

    code = "credit_code_invalid"
    message = _("%(credit_code)s is no unified social credit code. Compare it with the licence.")


class AlreadyMemberError(ConflictError):
    """The person works for a partner already; one person has one place."""

    code = "already_member"
    message = _("%(user)s works for a partner already.")


class StaffMemberError(DomainError):
    """Gateway staff cannot work for a partner (agreement clause 4)."""

    code = "staff_cannot_join"
    message = _("%(user)s is staff of the gateway and cannot work for a partner.")


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
    if Partner.objects.filter(name=name).exists():
        raise PartnerExistsError(name=name)
    with act("partners.create", by=by):
        return Partner.objects.create(
            name=name,
            credit_code=_checked_credit_code(credit_code),
            phone=phone,
            fax=fax,
            postcode=postcode,
            address=address,
        )


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
    if Membership.objects.filter(user=user).exists():
        raise AlreadyMemberError(user=user.username)
    with act("partners.add_member", by=by):
        return Membership.objects.create(partner=partner, user=user, role=role)


@transaction.atomic
def add_customer(
    *,
    partner: Partner,
    name: str,
    by: Actor,
    credit_code: str = "",
    contact: str = "",
    phone: str = "",
    industry: str = "",
    audience: str = "",
    consent: str = "",
) -> Customer:
    """Register an end customer of a partner.

    Raises:
        CustomerExistsError: the partner has one of that name.
        CreditCodeError: a company code was given and is wrong.
    """
    locks.partner(partner.pk)
    if Customer.objects.filter(partner=partner, name=name).exists():
        raise CustomerExistsError(name=name)
    with act("partners.add_customer", by=by):
        return Customer.objects.create(
            partner=partner,
            name=name,
            credit_code=_checked_credit_code(credit_code),
            contact=contact,
            phone=phone,
            industry=industry,
            audience=audience,
            consent=consent,
        )


def _checked_credit_code(text: str) -> str:
    """Return the code without separators; an empty one stays empty."""
    code = uscc.compact(text)
    if code and not uscc.is_valid(code):
        raise CreditCodeError(credit_code=text)
    return code
