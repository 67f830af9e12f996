"""Agreements in each of their states, and what issuing one needs.

A state by its trait has no template and no document: it costs no typesetting, and nothing about
sending minds. What is about the papers uses `make_draft` and `make_issued`, through the services.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import factory
from django.core.files.base import ContentFile

from apps.agreements.choices import AgreementStatus, ClauseKind, Side, TemplateStatus
from apps.agreements.models import (
    Agreement,
    AgreementTemplate,
    SignedCopy,
    TemplateClause,
)
from apps.agreements.services import copies, drafts, issuing
from apps.agreements.services.drafts import Terms
from apps.audit.actors import Actor
from tests.factories import files
from tests.factories.partners import GatewayFactory, PartnerFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.users import StaffFactory

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
_issued = {"number": factory.Sequence("2026-{:04}".format), "issued_at": NEW_YEAR}
_signed = {**_issued, "signed_at": NEW_YEAR}
_activated = {
    **_signed,
    "activated_at": NEW_YEAR,
    "activated_by": factory.SubFactory(StaffFactory),
}


class AgreementTemplateFactory(factory.django.DjangoModelFactory):
    """A published version without clauses; with `draft` one that is being written."""

    class Meta:
        model = AgreementTemplate

    version = factory.Sequence(lambda number: number + 100)
    title = "短信网关接口技术合作协议书"
    status = TemplateStatus.PUBLISHED
    drafted_at = NEW_YEAR
    published_at = NEW_YEAR

    class Params:
        draft = factory.Trait(status=TemplateStatus.DRAFT, published_at=None)


class TemplateClauseFactory(factory.django.DjangoModelFactory):
    """A clause of a draft."""

    class Meta:
        model = TemplateClause

    template = factory.SubFactory(AgreementTemplateFactory, draft=True)
    position = factory.Sequence(int)
    kind = ClauseKind.CLAUSE
    number = "1"
    title = "首次付款"
    text = "甲方一次付清{first_amount}元。"


class AgreementFactory(factory.django.DjangoModelFactory):
    """A draft that holds from 2026 on without end."""

    class Meta:
        model = Agreement

    partner = factory.SubFactory(PartnerFactory)
    starts_on = date(2026, 1, 1)
    drafted_by = factory.SubFactory(StaffFactory)
    drafted_at = NEW_YEAR

    class Params:
        issued = factory.Trait(status=AgreementStatus.ISSUED, **_issued)
        signed = factory.Trait(status=AgreementStatus.SIGNED, **_signed)
        active = factory.Trait(status=AgreementStatus.ACTIVE, **_activated)
        expired = factory.Trait(status=AgreementStatus.EXPIRED, **_activated)
        superseded = factory.Trait(status=AgreementStatus.SUPERSEDED, **_activated)
        terminated = factory.Trait(
            status=AgreementStatus.TERMINATED, status_reason="双方协商", **_activated
        )


class SignedCopyFactory(factory.django.DjangoModelFactory):
    """A scan of the stamped paper, of the partner's side."""

    class Meta:
        model = SignedCopy

    agreement = factory.SubFactory(AgreementFactory, issued=True)
    side = Side.PARTNER
    content_type = "application/pdf"
    sha256 = factory.Sequence("{:064x}".format)
    size = 1000
    uploaded_at = NEW_YEAR
    file = factory.LazyAttribute(lambda _copy: ContentFile(files.pdf().getvalue(), name="copy.pdf"))


def make_terms(**changed: Any) -> Terms:
    """Return terms whose blanks are complete, at the prices of `RateVersionFactory`."""
    return Terms(
        **{
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2027, 1, 1),
            "signature_text": "青禾软件",
            "base_fee_yuan": Decimal("0.08"),
            "first_recharge_segments": 200_000,
            "first_recharge_unit_price_yuan": Decimal("0.05"),
            "mobile_characters": 70,
            "phs_characters": 58,
        }
        | changed
    )


def make_draft(*, partner: Any = None, at: datetime = NEW_YEAR, **terms: Any) -> Agreement:
    """Draft an agreement that can be issued; gateway and prices are there."""
    GatewayFactory()
    RateVersionFactory()
    return drafts.draft(
        partner=partner or PartnerFactory(),
        terms=make_terms(**terms),
        by=StaffFactory().as_actor(),
        at=at,
    )


def make_issued(*, at: datetime = NEW_YEAR, **wishes: Any) -> Agreement:
    """Draft and issue an agreement, with its PDF."""
    draft = make_draft(at=at, **wishes)
    return issuing.issue(agreement_id=draft.pk, by=drafter_of(draft), at=at)


def attach(agreement: Agreement, *sides: Side, at: datetime = NEW_YEAR) -> None:
    """Add a signed copy for each side."""
    for place, side in enumerate(sides or Side):
        copies.attach(
            agreement_id=agreement.pk,
            side=side,
            file=files.pdf(pages=place + 1),
            by=drafter_of(agreement),
            at=at,
        )


def drafter_of(agreement: Agreement) -> Actor:
    """Return who drafted an agreement."""
    assert agreement.drafted_by is not None
    return agreement.drafted_by.as_actor()
