"""States of an agreement and its refund rule."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class RefundRule(models.TextChoices):
    """When a message that did not arrive gives its segments back (DESIGN section 5)."""

    NEVER = "never", _("Never")
    ON_REJECT = "on_reject", _("When the carrier refuses it")
    ON_FAILURE = "on_failure", _("When it is refused or undelivered")
