"""States and roles of partners, accounts and keys."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common import tones


class PartnerRole(models.TextChoices):
    """What a partner's person may do."""

    OWNER = "OWNER", _("Owner")
    FINANCE = "FINANCE", _("Finance")
    OPERATOR = "OPERATOR", _("Operator")
    VIEWER = "VIEWER", _("Viewer")


class AccountStatus(models.TextChoices):
    """Whether an account may send."""

    ACTIVE = "ACTIVE", _("Active")
    SUSPENDED = "SUSPENDED", _("Suspended")
    CLOSED = "CLOSED", _("Closed")


NEXT_ACCOUNT_STATUS: dict[AccountStatus, frozenset[AccountStatus]] = {
    AccountStatus.ACTIVE: frozenset({AccountStatus.SUSPENDED, AccountStatus.CLOSED}),
    AccountStatus.SUSPENDED: frozenset({AccountStatus.ACTIVE, AccountStatus.CLOSED}),
    AccountStatus.CLOSED: frozenset(),
}


class CustomerStatus(models.TextChoices):
    """Whether a partner still serves a customer."""

    ACTIVE = "ACTIVE", _("Active")
    CLOSED = "CLOSED", _("Closed")


NEXT_CUSTOMER_STATUS: dict[CustomerStatus, frozenset[CustomerStatus]] = {
    CustomerStatus.ACTIVE: frozenset({CustomerStatus.CLOSED}),
    CustomerStatus.CLOSED: frozenset({CustomerStatus.ACTIVE}),
}


class Industry(models.TextChoices):
    """What a customer does, as reviewers tell the kinds of content that carriers treat apart."""

    RETAIL = "RETAIL", _("Retail and e-commerce")
    CATERING = "CATERING", _("Catering")
    HEALTH = "HEALTH", _("Health care")
    EDUCATION = "EDUCATION", _("Education")
    FINANCE = "FINANCE", _("Finance and insurance")
    REAL_ESTATE = "REAL_ESTATE", _("Real estate")
    LOGISTICS = "LOGISTICS", _("Logistics")
    TRAVEL = "TRAVEL", _("Travel and transport")
    SOFTWARE = "SOFTWARE", _("Internet and software")
    MANUFACTURING = "MANUFACTURING", _("Manufacturing")
    GOVERNMENT = "GOVERNMENT", _("Government and public services")
    SERVICES = "SERVICES", _("Personal and household services")
    OTHER = "OTHER", _("Other")


class KeyMode(models.TextChoices):
    """Live keys send and are charged; test keys go to the simulator and never are."""

    LIVE = "LIVE", _("Live")
    TEST = "TEST", _("Test")


class Scope(models.TextChoices):
    """What a key may be used for."""

    SEND = "messages:send", _("Send messages")
    READ_MESSAGES = "messages:read", _("Read messages and receipts")
    READ_MONEY = "ledger:read", _("Read balance and ledger")
    MANAGE = "account:manage", _("Manage signatures, customers, recharges and webhooks")


tones.declare(
    good=[
        AccountStatus.ACTIVE,
        CustomerStatus.ACTIVE,
        KeyMode.LIVE,
    ],
    waiting=[
        AccountStatus.SUSPENDED,
        KeyMode.TEST,
    ],
)
