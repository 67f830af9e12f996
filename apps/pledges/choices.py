"""States of a security pledge and its wording, what was decided, and why one is refused."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.common import tones
from apps.reviews.reasons import Reasons


class PledgeStatus(models.TextChoices):
    """Where a pledge stands. Only an APPROVED one, within its validity, allows sending."""

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Submitted")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", _("Rejected")
    REVOKED = "REVOKED", _("Revoked")
    EXPIRED = "EXPIRED", _("Expired")
    ABANDONED = "ABANDONED", _("Given up")


# A submitted one that is withdrawn is a draft again; what was decided stays with its round.
NEXT_PLEDGE_STATUS: dict[PledgeStatus, frozenset[PledgeStatus]] = {
    PledgeStatus.DRAFT: frozenset({PledgeStatus.SUBMITTED, PledgeStatus.ABANDONED}),
    PledgeStatus.SUBMITTED: frozenset(
        {PledgeStatus.APPROVED, PledgeStatus.REJECTED, PledgeStatus.DRAFT}
    ),
    PledgeStatus.REJECTED: frozenset({PledgeStatus.SUBMITTED, PledgeStatus.ABANDONED}),
    PledgeStatus.APPROVED: frozenset({PledgeStatus.REVOKED, PledgeStatus.EXPIRED}),
    PledgeStatus.REVOKED: frozenset(),
    PledgeStatus.EXPIRED: frozenset(),
    PledgeStatus.ABANDONED: frozenset(),
}

# The partner works on these; afterwards the pledge stands as it was submitted.
EDITABLE = frozenset({PledgeStatus.DRAFT, PledgeStatus.REJECTED})
# Not decided yet: a customer has at most one of these, beside those that hold or held.
OPEN = EDITABLE | {PledgeStatus.SUBMITTED}
# Held once: these have a validity, and may be renewed.
HELD = frozenset({PledgeStatus.APPROVED, PledgeStatus.REVOKED, PledgeStatus.EXPIRED})


class TemplateStatus(models.TextChoices):
    """Whether a wording may still be changed. Only published ones are printed."""

    DRAFT = "DRAFT", _("Draft")
    PUBLISHED = "PUBLISHED", _("Published")


tones.declare(
    good=[
        PledgeStatus.APPROVED,
        TemplateStatus.PUBLISHED,
    ],
    moving=[
        PledgeStatus.SUBMITTED,
    ],
    bad=[
        PledgeStatus.REJECTED,
        PledgeStatus.REVOKED,
        PledgeStatus.EXPIRED,
    ],
)


class RejectionReason(models.TextChoices):
    """Why a pledge is refused; codes are published to partners' software and never reused."""

    NOT_STAMPED = "NOT_STAMPED", _("The company seal is missing")
    NOT_SIGNED = "NOT_SIGNED", _("The signature of the legal person or deputy is missing")
    SEAL_MISMATCH = "SEAL_MISMATCH", _("The seal is not that of the customer")
    ILLEGIBLE = "ILLEGIBLE", _("The copy cannot be read")
    PAGES_MISSING = "PAGES_MISSING", _("Pages are missing")
    TEXT_CHANGED = "TEXT_CHANGED", _("The printed text was changed")
    PARTICULARS_WRONG = "PARTICULARS_WRONG", _("The customer's particulars are wrong")
    AUDIENCE_UNCLEAR = "AUDIENCE_UNCLEAR", _("It is not clear who receives the messages")
    CONSENT_DOUBTFUL = "CONSENT_DOUBTFUL", _("Consent is not had in a way that can be shown")
    SAMPLES_UNSUITABLE = "SAMPLES_UNSUITABLE", _("The sample messages do not fit the business")
    OTHER = "OTHER", _("Another reason, see the remark")

    @property
    def remedy(self) -> Promise:
        """What the partner does about it."""
        return REMEDIES[self]


REMEDIES: dict[RejectionReason, Promise] = {
    RejectionReason.NOT_STAMPED: _(
        "Stamp the printed form with the company seal over the date, and across the pages."
    ),
    RejectionReason.NOT_SIGNED: _(
        "Let the legal person or a deputy with a letter of attorney sign the printed form by hand."
    ),
    RejectionReason.SEAL_MISMATCH: _(
        "The seal has to show the customer's registered name. Stamp the form with that seal, or "
        "enter the company whose seal it is as the customer."
    ),
    RejectionReason.ILLEGIBLE: _(
        "Scan every page flat at 300 dpi in colour, and look at the scan before you upload it."
    ),
    RejectionReason.PAGES_MISSING: _("Scan all pages of the printed form into one PDF, in order."),
    RejectionReason.TEXT_CHANGED: _(
        "Print the form anew, sign and stamp it as it is. What should read differently goes into "
        "the form before it is printed."
    ),
    RejectionReason.PARTICULARS_WRONG: _(
        "Compare name, company code, legal person and address with the licence, correct them with "
        "the customer, and print the form anew."
    ),
    RejectionReason.AUDIENCE_UNCLEAR: _(
        "Name the groups of people who receive the messages and what they have to do with the "
        "customer, then print the form anew."
    ),
    RejectionReason.CONSENT_DOUBTFUL: _(
        "Say where and how recipients agree, and what is kept of it, then print the form anew."
    ),
    RejectionReason.SAMPLES_UNSUITABLE: _(
        "Give one real message for each use, without links or promises that the business does not "
        "have, then print the form anew."
    ),
    RejectionReason.OTHER: _("Do as the remark says, or ask your contact."),
}
REASONS = Reasons(RejectionReason, REMEDIES)
