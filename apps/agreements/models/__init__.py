"""Agreements between the gateway and its partners, and the wording they are made of.

    AgreementTemplate   a version of the wording; published, it is not changed any more
    TemplateClause      one clause of it, with named blanks
    Agreement           a contract with one partner: the blanks filled, and where it stands
    IssuedDocument      the PDF that was issued: what it was made of, its digest
    SignedCopy          the paper scanned, with the signature and seal of one side
    ExpiryWarning       that a coming end was told of

An agreement is in force at a moment when it is ACTIVE and the day in Asia/Shanghai lies within
`starts_on` (included) and `ends_on` (not included; open when empty). No two of a partner are in
force on one day; the database sees to it. A renewal may therefore be activated ahead, to start on
the day the old one ends.
"""

from apps.agreements.models.agreements import (
    Agreement,
    DateRange,
    ExpiryWarning,
    NumberCounter,
)
from apps.agreements.models.documents import IssuedDocument
from apps.agreements.models.papers import SignedCopy
from apps.agreements.models.templates import AgreementTemplate, TemplateClause

__all__ = [
    "Agreement",
    "AgreementTemplate",
    "DateRange",
    "ExpiryWarning",
    "IssuedDocument",
    "NumberCounter",
    "SignedCopy",
    "TemplateClause",
]
