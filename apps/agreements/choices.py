"""States of agreements and their templates, kinds of clauses, names of blanks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common import tones


class AgreementStatus(models.TextChoices):
    """Where an agreement stands. Only an ACTIVE one, within its term, allows sending."""

    DRAFT = "DRAFT", _("Draft")
    ISSUED = "ISSUED", _("Issued")
    SIGNED = "SIGNED", _("Signed by the partner")
    ACTIVE = "ACTIVE", _("Active")
    EXPIRED = "EXPIRED", _("Expired")
    TERMINATED = "TERMINATED", _("Terminated")
    SUPERSEDED = "SUPERSEDED", _("Superseded")


# An issued number is never taken back: what the partner does not sign is terminated.
NEXT_AGREEMENT_STATUS: dict[AgreementStatus, frozenset[AgreementStatus]] = {
    AgreementStatus.DRAFT: frozenset({AgreementStatus.ISSUED}),
    AgreementStatus.ISSUED: frozenset({AgreementStatus.SIGNED, AgreementStatus.TERMINATED}),
    AgreementStatus.SIGNED: frozenset({AgreementStatus.ACTIVE, AgreementStatus.TERMINATED}),
    AgreementStatus.ACTIVE: frozenset(
        {AgreementStatus.EXPIRED, AgreementStatus.TERMINATED, AgreementStatus.SUPERSEDED}
    ),
    AgreementStatus.EXPIRED: frozenset(),
    AgreementStatus.TERMINATED: frozenset(),
    AgreementStatus.SUPERSEDED: frozenset(),
}
# What may be renewed: what holds, and what ran out while nobody renewed it.
RENEWABLE = frozenset({AgreementStatus.ACTIVE, AgreementStatus.EXPIRED})
# A renewal on its way keeps others from being begun.
UNDER_WAY = frozenset(
    {
        AgreementStatus.DRAFT,
        AgreementStatus.ISSUED,
        AgreementStatus.SIGNED,
        AgreementStatus.ACTIVE,
    }
)


class RefundRule(models.TextChoices):
    """When a message that did not arrive gives its segments back (DESIGN section 5)."""

    NEVER = "never", _("Never")
    ON_REJECT = "on_reject", _("When the carrier refuses it")
    ON_FAILURE = "on_failure", _("When it is refused or undelivered")


class Side(models.TextChoices):
    """Whose signature and seal a scanned copy shows."""

    PARTNER = "PARTNER", _("Partner's")
    GATEWAY = "GATEWAY", _("Gateway's")


# While a copy may be added: the partner signs first, the gateway countersigns.
COPY_TAKEN_IN: dict[Side, frozenset[AgreementStatus]] = {
    Side.PARTNER: frozenset({AgreementStatus.ISSUED, AgreementStatus.SIGNED}),
    Side.GATEWAY: frozenset({AgreementStatus.ISSUED, AgreementStatus.SIGNED}),
}


class TemplateStatus(models.TextChoices):
    """Whether a version's wording may still be changed."""

    DRAFT = "DRAFT", _("Draft")
    PUBLISHED = "PUBLISHED", _("Published")


class ClauseKind(models.TextChoices):
    """What a clause is on paper: a heading over others, a numbered clause, or a part of one."""

    OPENING = "OPENING", _("Opening")
    SECTION = "SECTION", _("Heading")
    CLAUSE = "CLAUSE", _("Clause")
    ITEM = "ITEM", _("Item of a clause")
    POINT = "POINT", _("Point of an item")


class Blank(models.TextChoices):
    """What a template may leave open, by the name that stands in its braces."""

    BASE_FEE = "base_fee", _("Base fee, yuan per segment")
    FIRST_SEGMENTS = "first_segments", _("First recharge, segments")
    UNIT_PRICE = "unit_price", _("First recharge, yuan per segment")
    FIRST_AMOUNT = "first_amount", _("First recharge, yuan")
    FIRST_AMOUNT_CAPITALS = "first_amount_capitals", _("First recharge in Chinese capitals")
    MOBILE_CHARACTERS = "mobile_characters", _("Characters per segment, mobile networks")
    PHS_CHARACTERS = "phs_characters", _("Characters per segment, PHS")
    SIGNATURE = "signature", _("SMS signature")
    REFUND_RULE = "refund_rule", _("Refund")
    TERM = "term", _("Term")
    PARTNER_NAME = "partner_name", _("Partner's registered name")
    GATEWAY_NAME = "gateway_name", _("Gateway's registered name")
    BANK_NAME = "bank_name", _("Gateway's bank")
    BANK_ACCOUNT = "bank_account", _("Gateway's bank account")


tones.declare(
    good=[
        AgreementStatus.ACTIVE,
        TemplateStatus.PUBLISHED,
    ],
    moving=[
        AgreementStatus.ISSUED,
        AgreementStatus.SIGNED,
    ],
    bad=[
        AgreementStatus.EXPIRED,
    ],
)
