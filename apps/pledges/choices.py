"""States of a security pledge."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PledgeStatus(models.TextChoices):
    """Where a pledge stands. Only an APPROVED one, within its validity, allows sending."""

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Submitted")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", _("Rejected")
    REVOKED = "REVOKED", _("Revoked")


NEXT_PLEDGE_STATUS: dict[PledgeStatus, frozenset[PledgeStatus]] = {
    PledgeStatus.DRAFT: frozenset({PledgeStatus.SUBMITTED}),
    PledgeStatus.SUBMITTED: frozenset({PledgeStatus.APPROVED, PledgeStatus.REJECTED}),
    PledgeStatus.REJECTED: frozenset({PledgeStatus.SUBMITTED}),
    PledgeStatus.APPROVED: frozenset({PledgeStatus.REVOKED}),
    PledgeStatus.REVOKED: frozenset(),
}

# The partner works on these; afterwards the pledge stands as it was submitted.
EDITABLE = frozenset({PledgeStatus.DRAFT, PledgeStatus.REJECTED})
