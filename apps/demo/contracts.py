"""The agreements of the demonstration set, taken through every step to being in force."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from apps.agreements.choices import RefundRule, Side
from apps.agreements.models import Agreement
from apps.agreements.services import agreements, copies, drafts, issuing
from apps.agreements.services.drafts import Terms
from apps.audit.actors import Actor
from apps.common.clock import local_date
from apps.demo import papers
from apps.partners.models import Partner
from apps.rates.choices import NetworkClass
from apps.rates.queries import standards

TERM = timedelta(days=365)
BASE_FEE_YUAN = Decimal("0.08")


@dataclass(frozen=True, kw_only=True, slots=True)
class Deal:
    """What was agreed with a partner: its signature, and its first recharge."""

    signature: str
    segments: int
    unit_price_yuan: Decimal


def conclude(partner: Partner, deal: Deal, *, team: dict[str, Actor], at: datetime) -> None:
    """Draft, issue, sign and activate an agreement of a year, which opens the partner's account."""
    clerk = team["finance"]
    draft = drafts.draft(partner=partner, terms=_terms(deal, at=at), by=clerk, at=at)
    agreement = issuing.issue(agreement_id=draft.pk, by=clerk, at=at)
    _keep_copy(agreement, Side.PARTNER, by=clerk, at=at)
    agreements.mark_signed(agreement_id=agreement.pk, by=clerk, at=at)
    _keep_copy(agreement, Side.GATEWAY, by=clerk, at=at)
    agreements.activate(agreement_id=agreement.pk, by=team["admin"], at=at)


def _terms(deal: Deal, *, at: datetime) -> Terms:
    today = local_date(at)
    sizes = standards.sizes_at(at)
    return Terms(
        starts_on=today,
        ends_on=today + TERM,
        refund_rule=RefundRule.ON_FAILURE,
        signature_text=deal.signature,
        base_fee_yuan=BASE_FEE_YUAN,
        first_recharge_segments=deal.segments,
        first_recharge_unit_price_yuan=deal.unit_price_yuan,
        mobile_characters=sizes[NetworkClass.MOBILE.value].single,
        phs_characters=sizes[NetworkClass.PHS.value].single,
    )


def _keep_copy(agreement: Agreement, side: Side, *, by: Actor, at: datetime) -> None:
    scan = papers.agreement(number=str(agreement.number), signer=str(side.value))
    copies.attach(agreement_id=agreement.pk, side=side, file=scan, by=by, at=at)
