"""States of signatures and of what belongs to them, where a text comes from, what papers prove it."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.common import tones


class SignatureStatus(models.TextChoices):
    """Where a signature stands. Only APPROVED ones may be sent with.

    An approved, suspended or expired one may have an application open that renews it; that is
    told by its open round, not by its status.
    """

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Submitted")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", _("Rejected")
    SUSPENDED = "SUSPENDED", _("Suspended")
    EXPIRED = "EXPIRED", _("Expired")
    REVOKED = "REVOKED", _("Revoked")
    ABANDONED = "ABANDONED", _("Given up")


NEXT_SIGNATURE_STATUS: dict[SignatureStatus, frozenset[SignatureStatus]] = {
    SignatureStatus.DRAFT: frozenset({SignatureStatus.SUBMITTED, SignatureStatus.ABANDONED}),
    SignatureStatus.SUBMITTED: frozenset(
        {
            SignatureStatus.APPROVED,
            SignatureStatus.REJECTED,
            SignatureStatus.DRAFT,
            SignatureStatus.ABANDONED,
        }
    ),
    SignatureStatus.REJECTED: frozenset({SignatureStatus.SUBMITTED, SignatureStatus.ABANDONED}),
    SignatureStatus.APPROVED: frozenset(
        {
            SignatureStatus.SUSPENDED,
            SignatureStatus.EXPIRED,
            SignatureStatus.REVOKED,
            SignatureStatus.ABANDONED,
        }
    ),
    SignatureStatus.SUSPENDED: frozenset(
        {SignatureStatus.APPROVED, SignatureStatus.REVOKED, SignatureStatus.ABANDONED}
    ),
    SignatureStatus.EXPIRED: frozenset(
        {SignatureStatus.APPROVED, SignatureStatus.REVOKED, SignatureStatus.ABANDONED}
    ),
    SignatureStatus.REVOKED: frozenset(),
    SignatureStatus.ABANDONED: frozenset(),
}

# It was approved once and is not over: its text stands fast, and its papers may be renewed.
RENEWABLE = frozenset(
    {SignatureStatus.APPROVED, SignatureStatus.SUSPENDED, SignatureStatus.EXPIRED}
)
# The applicant works on these unless a round is open; that one stands as it was submitted.
EDITABLE = frozenset({SignatureStatus.DRAFT, SignatureStatus.REJECTED}) | RENEWABLE
# Over for good; the text may be applied for anew.
OVER = frozenset({SignatureStatus.REVOKED, SignatureStatus.ABANDONED})


class Use(models.TextChoices):
    """Whose name the text is."""

    OWN = "OWN", _("Own name")
    BEHALF = "BEHALF", _("On behalf of another")


class LetterStatus(models.TextChoices):
    """Where an authorisation letter stands. Only APPROVED ones authorise."""

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Submitted")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", _("Rejected")
    REVOKED = "REVOKED", _("Revoked")
    EXPIRED = "EXPIRED", _("Expired")


NEXT_LETTER_STATUS: dict[LetterStatus, frozenset[LetterStatus]] = {
    LetterStatus.DRAFT: frozenset({LetterStatus.SUBMITTED}),
    LetterStatus.SUBMITTED: frozenset(
        {LetterStatus.APPROVED, LetterStatus.REJECTED, LetterStatus.DRAFT}
    ),
    LetterStatus.REJECTED: frozenset({LetterStatus.SUBMITTED}),
    LetterStatus.APPROVED: frozenset({LetterStatus.REVOKED, LetterStatus.EXPIRED}),
    LetterStatus.REVOKED: frozenset(),
    LetterStatus.EXPIRED: frozenset(),
}
LETTER_EDITABLE = frozenset({LetterStatus.DRAFT, LetterStatus.REJECTED})


class RegisteringOperator(models.TextChoices):
    """An operator that signatures are registered with; the values are those of carriers.Operator."""

    MOBILE = "MOBILE", _("China Mobile")
    UNICOM = "UNICOM", _("China Unicom")
    TELECOM = "TELECOM", _("China Telecom")
    BROADNET = "BROADNET", _("China Broadnet")


class RegistrationStatus(models.TextChoices):
    """How far the registration of a signature with one operator is."""

    NOT_FILED = "NOT_FILED", _("Not filed")
    FILED = "FILED", _("Filed")
    REGISTERED = "REGISTERED", _("Registered")
    REFUSED = "REFUSED", _("Refused by the operator")


# Operators clear what is unused or no longer matches, without notice: then it is filed anew.
NEXT_REGISTRATION_STATUS: dict[RegistrationStatus, frozenset[RegistrationStatus]] = {
    RegistrationStatus.NOT_FILED: frozenset({RegistrationStatus.FILED}),
    RegistrationStatus.FILED: frozenset(
        {
            RegistrationStatus.REGISTERED,
            RegistrationStatus.REFUSED,
            RegistrationStatus.NOT_FILED,
        }
    ),
    RegistrationStatus.REGISTERED: frozenset(
        {RegistrationStatus.REFUSED, RegistrationStatus.NOT_FILED}
    ),
    RegistrationStatus.REFUSED: frozenset({RegistrationStatus.FILED}),
}


class Source(models.TextChoices):
    """What the text is the name of (reference/compliance.md 5.2)."""

    COMPANY = "COMPANY", _("Company")
    INSTITUTION = "INSTITUTION", _("Institution or government")
    WEBSITE = "WEBSITE", _("Website")
    APP = "APP", _("App")
    OFFICIAL_ACCOUNT = "OFFICIAL_ACCOUNT", _("Official account or mini-program")
    TRADEMARK = "TRADEMARK", _("Trademark")
    SHOP = "SHOP", _("E-commerce shop")


# What names the thing, for the sources where the text is the name of a thing.
SOURCE_DETAIL_HINTS: dict[Source, Promise] = {
    Source.WEBSITE: _("The domain, as it stands in the filing."),
    Source.APP: _("The App's name and the address of its page in a store."),
    Source.OFFICIAL_ACCOUNT: _("The name and id of the account or mini-program."),
    Source.TRADEMARK: _("The registration number and class of the trademark."),
    Source.SHOP: _("The address of the shop."),
}


class ProofType(models.TextChoices):
    """What a paper is. The first three are those of agreement clause 5."""

    LICENCE = "LICENCE", _("Business licence, stamped copy")
    ORGANISATION_CODE = "ORGANISATION_CODE", _("Organisation code certificate, stamped copy")
    DOMAIN_CERTIFICATE = "DOMAIN_CERTIFICATE", _("Website domain certificate, stamped copy")
    CREDIT_CODE_CERTIFICATE = "CREDIT_CODE_CERTIFICATE", _("Unified social credit code certificate")
    INSTITUTION_CERTIFICATE = "INSTITUTION_CERTIFICATE", _("Certificate of an institution")
    SOCIAL_GROUP_CERTIFICATE = "SOCIAL_GROUP_CERTIFICATE", _("Registration of a social group")
    ENFORCEMENT_QUALIFICATION = (
        "ENFORCEMENT_QUALIFICATION",
        _("Qualification as an administrative authority"),
    )
    SITE_FILING = "SITE_FILING", _("Website filing (ICP)")
    APP_FILING = "APP_FILING", _("App filing (ICP)")
    APP_STORE_PAGE = "APP_STORE_PAGE", _("Screenshot of the App store page")
    ACCOUNT_SCREENSHOT = "ACCOUNT_SCREENSHOT", _("Screenshot of the official account")
    TRADEMARK_CERTIFICATE = "TRADEMARK_CERTIFICATE", _("Trademark certificate")
    SHOP_SCREENSHOT = "SHOP_SCREENSHOT", _("Screenshot of the shop")
    AUTHORISATION = "AUTHORISATION", _("Copy of an authorisation letter")
    OWNER_LICENCE = "OWNER_LICENCE", _("Licence of the company that authorises")
    OPERATOR_ID_FRONT = "OPERATOR_ID_FRONT", _("ID card of the person in charge, front")
    OPERATOR_ID_BACK = "OPERATOR_ID_BACK", _("ID card of the person in charge, back")
    OPERATOR_HOLDING_ID = "OPERATOR_HOLDING_ID", _("Photo of the person in charge holding the ID")
    LEGAL_PERSON_ID = "LEGAL_PERSON_ID", _("ID card of the legal person")
    SOFTWARE_COPYRIGHT = "SOFTWARE_COPYRIGHT", _("Software copyright certificate")
    INDUSTRY_PERMIT = "INDUSTRY_PERMIT", _("Permit of a special line of business")
    OTHER = "OTHER", _("Other paper")


_STAMPED = _("Scan or photograph the copy with the red company seal, all four corners in sight.")
_SCREENSHOT = _("A screenshot that shows the name and whose it is, with today's date in sight.")
_ID_CARD = _("A photo in which every character can be read; cover nothing.")
PROOF_HINTS: dict[ProofType, Promise] = {
    ProofType.LICENCE: _STAMPED,
    ProofType.ORGANISATION_CODE: _STAMPED,
    ProofType.DOMAIN_CERTIFICATE: _("The registrar's certificate, its holder being the company."),
    ProofType.CREDIT_CODE_CERTIFICATE: _STAMPED,
    ProofType.INSTITUTION_CERTIFICATE: _STAMPED,
    ProofType.SOCIAL_GROUP_CERTIFICATE: _STAMPED,
    ProofType.ENFORCEMENT_QUALIFICATION: _STAMPED,
    ProofType.SITE_FILING: _(
        "The filing as beian.miit.gov.cn shows it: site name, domain, number and holder, "
        "who is the holder of the licence."
    ),
    ProofType.APP_FILING: _("The App's filing as beian.miit.gov.cn shows it; the App is on line."),
    ProofType.APP_STORE_PAGE: _("The page of the App in a store, with its name and developer."),
    ProofType.ACCOUNT_SCREENSHOT: _SCREENSHOT,
    ProofType.TRADEMARK_CERTIFICATE: _(
        "The registration certificate, not the notice of acceptance. Type the day on which the "
        "registration ends."
    ),
    ProofType.SHOP_SCREENSHOT: _SCREENSHOT,
    ProofType.AUTHORISATION: _("The letter with the seal of the company that authorises."),
    ProofType.OWNER_LICENCE: _STAMPED,
    ProofType.OPERATOR_ID_FRONT: _ID_CARD,
    ProofType.OPERATOR_ID_BACK: _ID_CARD,
    ProofType.OPERATOR_HOLDING_ID: _("Face and card in one photo, both sharp."),
    ProofType.LEGAL_PERSON_ID: _ID_CARD,
    ProofType.SOFTWARE_COPYRIGHT: _("For games: with the publication number."),
    ProofType.INDUSTRY_PERMIT: _(
        "For finance the licence, for games the publication number, for real estate the "
        "pre-sale permit."
    ),
    ProofType.OTHER: _("Whatever else shows the right to the name."),
}

tones.declare(
    good=[
        LetterStatus.APPROVED,
        RegistrationStatus.REGISTERED,
        SignatureStatus.APPROVED,
    ],
    moving=[
        LetterStatus.SUBMITTED,
        SignatureStatus.SUBMITTED,
    ],
    waiting=[
        SignatureStatus.SUSPENDED,
    ],
    bad=[
        LetterStatus.REJECTED,
        LetterStatus.REVOKED,
        LetterStatus.EXPIRED,
        RegistrationStatus.REFUSED,
        SignatureStatus.REJECTED,
        SignatureStatus.EXPIRED,
        SignatureStatus.REVOKED,
    ],
)
