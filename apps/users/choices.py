"""Roles of gateway staff, as lists of permissions (DESIGN section 8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.common import tones


class ProposalStatus(models.TextChoices):
    """Whether a second person decided about a proposal."""

    PENDING = "PENDING", _("Waits for a second person")
    APPROVED = "APPROVED", _("Approved")
    DECLINED = "DECLINED", _("Declined")


class StaffRole(models.TextChoices):
    """What a member of the gateway's staff is there for."""

    REVIEWER = "REVIEWER", _("Reviewer")
    FINANCE = "FINANCE", _("Finance")
    RISK = "RISK", _("Risk control")
    SUPPORT = "SUPPORT", _("Support")
    AUDITOR = "AUDITOR", _("Auditor")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")


tones.declare(
    good=[
        ProposalStatus.APPROVED,
    ],
    waiting=[
        ProposalStatus.PENDING,
    ],
)
