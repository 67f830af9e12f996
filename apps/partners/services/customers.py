"""Partners' customers: entered, changed, closed when the partner no longer serves them.

The partner's row is locked for each write, so that names and company codes stay unique within it.
"""

from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import RELOAD, ConflictError, InvalidError
from apps.partners import locks
from apps.partners.choices import (
    NEXT_CUSTOMER_STATUS,
    AccountStatus,
    CustomerStatus,
    Industry,
)
from apps.partners.models import Customer, Partner
from apps.partners.services import credit_codes


class CustomerExistsError(ConflictError):
    """The partner has a customer of that name or company code, perhaps a closed one."""

    code = "customer_exists"
    field = "name"
    message = _("This partner has a customer named %(name)s already.")
    cure = _("Search the list of customers, the closed ones too, and open that one.")


class CustomerCodeMissingError(InvalidError):
    """A customer is told by its company code."""

    code = "customer_code_missing"
    message = _("Give the customer's unified social credit code as it stands on the licence.")
    cure = _("Type the 18 characters of the code from the licence.")


class CustomerCodeFixedError(ConflictError):
    """The company code stays: another company is another customer."""

    code = "customer_code_fixed"
    message = _("%(name)s keeps its company code %(credit_code)s. Enter another company anew.")
    cure = _("Enter the other company as a customer of its own.")


class CustomerStateError(ConflictError):
    """The customer's state does not allow this step."""

    code = "customer_wrong_state"
    message = _("Customer %(name)s is %(status)s, which does not allow this.")
    cure = RELOAD


class CustomerSendsError(ConflictError):
    """A customer cannot be closed while an account of it may send."""

    code = "customer_has_active_account"
    message = _("Account %(account)s of this customer may still send. Have it suspended first.")
    cure = _("Ask the gateway to suspend the account, then close.")


class CustomerReasonMissingError(InvalidError):
    """Closing a customer needs a reason, which stays in its history."""

    code = "customer_reason_missing"
    message = _("Say why the customer is closed.")
    cure = _("Fill in the reason and repeat. It is recorded.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Particulars:
    """What is known of a customer; the fields are those of `Customer`.

    To change some of them: `replace(Particulars.of(customer), address="…")`.
    """

    name: str
    credit_code: str
    legal_person: str = ""
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    industry: Industry | str = ""
    audience: str = ""
    consent: str = ""

    @classmethod
    def of(cls, customer: Customer) -> "Particulars":
        """Return what stands in the row now."""
        return cls(**{name: getattr(customer, name) for name in cls.__dataclass_fields__})


@transaction.atomic
def create(*, partner: Partner, particulars: Particulars, by: Actor) -> Customer:
    """Enter an end customer of a partner.

    Raises:
        CustomerCodeMissingError: no company code was given.
        CreditCodeError: its check digit or form is wrong.
        CustomerExistsError: the partner has one of that name or code.
    """
    locks.partner(partner.pk)
    checked = _checked(particulars)
    _check_unique(partner_id=partner.pk, particulars=checked, own_id=None)
    with act("customers.create", by=by):
        return Customer.objects.create(partner=partner, **asdict(checked))


@transaction.atomic
def edit(*, customer_id: int, particulars: Particulars, by: Actor) -> Customer:
    """Put all particulars of an active customer in place of the old ones.

    A pledge that was signed keeps what it was signed with.

    Raises:
        CustomerStateError: the customer is closed.
        CustomerCodeFixedError: it has another company code.
        CustomerCodeMissingError, CreditCodeError, CustomerExistsError: as for `create`.
    """
    customer = locks.customer(customer_id)
    if customer.status != CustomerStatus.ACTIVE:
        raise _wrong_state(customer)
    checked = _checked(particulars)
    if customer.credit_code not in {"", checked.credit_code}:
        raise CustomerCodeFixedError(name=customer.name, credit_code=customer.credit_code)
    _check_unique(partner_id=customer.partner_id, particulars=checked, own_id=customer.pk)
    for name, value in asdict(checked).items():
        setattr(customer, name, value)
    with act("customers.edit", by=by):
        customer.save()
    return customer


@transaction.atomic
def close(*, customer_id: int, by: Actor, reason: str) -> Customer:
    """Write down that the partner no longer serves a customer; its rows and papers stay.

    Raises:
        CustomerReasonMissingError: no reason was given.
        CustomerStateError: it is closed.
        CustomerSendsError: an account of it may send.
    """
    if not reason.strip():
        raise CustomerReasonMissingError
    customer = locks.customer(customer_id)
    for account in locks.accounts_of(customer):
        if account.status == AccountStatus.ACTIVE:
            raise CustomerSendsError(account=account.code)
    return _step(customer, CustomerStatus.CLOSED, verb="close", by=by, reason=reason)


@transaction.atomic
def reopen(*, customer_id: int, by: Actor) -> Customer:
    """Serve a closed customer again.

    Raises:
        CustomerStateError: it is not closed.
    """
    customer = locks.customer(customer_id)
    return _step(customer, CustomerStatus.ACTIVE, verb="reopen", by=by, reason="")


def check_active(customer: Customer) -> None:
    """Refuse to begin something for a closed customer; call it under the customer's lock.

    Raises:
        CustomerStateError: it is closed.
    """
    if customer.status != CustomerStatus.ACTIVE:
        raise _wrong_state(customer)


def _step(
    customer: Customer, status: CustomerStatus, *, verb: str, by: Actor, reason: str
) -> Customer:
    if status not in NEXT_CUSTOMER_STATUS[CustomerStatus(customer.status)]:
        raise _wrong_state(customer)
    customer.status, customer.status_reason = status, reason
    with act(f"customers.{verb}", by=by, reason=reason):
        customer.save(update_fields=["status", "status_reason"])
    return customer


def _checked(particulars: Particulars) -> Particulars:
    code = credit_codes.checked(particulars.credit_code)
    if not code:
        raise CustomerCodeMissingError
    return replace(particulars, name=particulars.name.strip(), credit_code=code)


def _check_unique(*, partner_id: int, particulars: Particulars, own_id: int | None) -> None:
    others = Customer.objects.filter(partner=partner_id)
    if own_id is not None:
        others = others.exclude(pk=own_id)
    same = others.filter(credit_code=particulars.credit_code) | others.filter(name=particulars.name)
    found = same.order_by("pk").first()
    if found is not None:
        raise CustomerExistsError(name=found.name)


def _wrong_state(customer: Customer) -> CustomerStateError:
    return CustomerStateError(name=customer.name, status=customer.get_status_display())
