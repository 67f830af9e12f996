"""States of a signature, where its text comes from, and what papers prove it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignatureStatus(models.TextChoices):
    """Where an application stands. Only APPROVED ones may be sent with."""

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Submitted")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", _("Rejected")
    SUSPENDED = "SUSPENDED", _("Suspended")
    REVOKED = "REVOKED", _("Revoked")


NEXT_SIGNATURE_STATUS: dict[SignatureStatus, frozenset[SignatureStatus]] = {
    SignatureStatus.DRAFT: frozenset({SignatureStatus.SUBMITTED}),
    SignatureStatus.SUBMITTED: frozenset({SignatureStatus.APPROVED, SignatureStatus.REJECTED}),
    SignatureStatus.REJECTED: frozenset({SignatureStatus.SUBMITTED}),
    SignatureStatus.APPROVED: frozenset({SignatureStatus.SUSPENDED, SignatureStatus.REVOKED}),
    SignatureStatus.SUSPENDED: frozenset({SignatureStatus.APPROVED, SignatureStatus.REVOKED}),
    SignatureStatus.REVOKED: frozenset(),
}

# The applicant works on these; afterwards the application stands as it was submitted.
EDITABLE = frozenset({SignatureStatus.DRAFT, SignatureStatus.REJECTED})


class Source(models.TextChoices):
    """What the text is the name of (reference/compliance.md 5.2)."""

    COMPANY = "COMPANY", _("Company")
    INSTITUTION = "INSTITUTION", _("Institution or government")
    WEBSITE = "WEBSITE", _("Website")
    APP = "APP", _("App")
    OFFICIAL_ACCOUNT = "OFFICIAL_ACCOUNT", _("Official account or mini-program")
    TRADEMARK = "TRADEMARK", _("Trademark")
    SHOP = "SHOP", _("E-commerce shop")


class ProofType(models.TextChoices):
    """What a paper is. The first three are those of agreement clause 5."""

    LICENCE = "LICENCE", _("Business licence, stamped copy")
    ORGANISATION_CODE = "ORGANISATION_CODE", _("Organisation code certificate, stamped copy")
    DOMAIN_CERTIFICATE = "DOMAIN_CERTIFICATE", _("Website domain certificate, stamped copy")
    INSTITUTION_CERTIFICATE = "INSTITUTION_CERTIFICATE", _("Certificate of an institution")
    SITE_FILING = "SITE_FILING", _("Website filing (ICP)")
    APP_FILING = "APP_FILING", _("App filing (ICP)")
    ACCOUNT_SCREENSHOT = "ACCOUNT_SCREENSHOT", _("Screenshot of the official account")
    TRADEMARK_CERTIFICATE = "TRADEMARK_CERTIFICATE", _("Trademark certificate")
    SHOP_SCREENSHOT = "SHOP_SCREENSHOT", _("Screenshot of the shop")
    AUTHORISATION = "AUTHORISATION", _("Authorisation letter")
    OTHER = "OTHER", _("Other paper")
