"""Drafts: the blanks of an agreement, filled, changed, and copied for a renewal.

A draft may lack blanks and contradict itself; what is issued may not.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.agreements import locks
from apps.agreements.choices import RENEWABLE, AgreementStatus, RefundRule
from apps.agreements.models import Agreement, AgreementTemplate
from apps.agreements.services import steps, templates
from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, InvalidError
from apps.common.money import CENT
from apps.partners.models import Partner
from apps.rates.models import RateTable


class AgreementPeriodError(InvalidError):
    """It would end before it begins."""

    code = "agreement_period_invalid"
    message = _("An agreement holds for at least one day: choose a later end.")
    cure = _("Choose an end after the start, or leave it open.")


class ForeignRateTableError(InvalidError):
    """The rate table is another partner's."""

    code = "agreement_foreign_rate_table"
    message = _("These prices are another partner's. Choose the standard table or its own.")
    cure = _("Choose the standard table or one of this partner.")


class FirstRechargeError(InvalidError):
    """Of the first recharge, quantity and price are both given or neither."""

    code = "agreement_first_recharge_incomplete"
    message = _("Give both quantity and price of the first recharge, above zero, or neither.")
    cure = _("Fill in both fields, or empty both.")


class TemplateNotPublishedError(ConflictError):
    """Agreements are made from published versions."""

    code = "agreement_template_not_published"
    message = _("Version %(version)s of the template is not published.")
    cure = _("Publish the version first, or choose another.")


class AlreadyRenewedError(ConflictError):
    """Its renewal is on its way, or in force."""

    code = "agreement_already_renewed"
    message = _("A renewal of this agreement exists already: %(renewal)s.")
    cure = _("Go on with the renewal that is there, or terminate it.")


class RenewalStartError(InvalidError):
    """Sending would stop in between, or the older agreement would never have held."""

    code = "agreement_renewal_start"
    message = _("A renewal starts after %(starts_on)s and not later than %(ends_on)s.")
    cure = _("Let the renewal start on the day on which the old one ends.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """The blanks that staff fill in; the particulars of both parties come from their own rows.

    It holds from `starts_on` until before `ends_on`, without end where that is None. An amount
    that is not given is quantity × price.
    """

    starts_on: date
    ends_on: date | None = None
    refund_rule: RefundRule = RefundRule.ON_REJECT
    rate_table: RateTable | None = None
    signature_text: str = ""
    base_fee_yuan: Decimal | None = None
    first_recharge_segments: int | None = None
    first_recharge_unit_price_yuan: Decimal | None = None
    first_recharge_amount_yuan: Decimal | None = None
    mobile_characters: int | None = None
    phs_characters: int | None = None


FIELDS = tuple(Terms.__dataclass_fields__)


@transaction.atomic
def draft(
    *,
    partner: Partner,
    terms: Terms,
    by: Actor,
    at: datetime,
    template: AgreementTemplate | None = None,
) -> Agreement:
    """Begin an agreement from a version of the wording, the latest unless another is given.

    Raises:
        AgreementPeriodError: the end is not after the start.
        ForeignRateTableError: the rate table is another partner's.
        FirstRechargeError: only one of quantity and price is given.
        TemplateNotPublishedError: the version is a draft.
    """
    template = template or templates.current(at=at)
    if template.published_at is None:
        raise TemplateNotPublishedError(version=template.version)
    agreement = Agreement(
        partner=partner, template=template, drafted_by_id=by.user_id, drafted_at=at
    )
    return _written(agreement, terms, verb="draft", by=by)


@transaction.atomic
def revise(*, agreement_id: int, terms: Terms, by: Actor) -> Agreement:
    """Fill the blanks of a draft anew.

    Raises:
        AgreementStateError: it is issued, and not changed any more.
        RenewalStartError: a renewal would leave a gap.
        AgreementPeriodError, ForeignRateTableError, FirstRechargeError: as `draft`.
    """
    agreement = steps.locked(agreement_id, AgreementStatus.ISSUED)
    return _written(agreement, terms, verb="revise", by=by)


@transaction.atomic
def renew(
    *,
    agreement_id: int,
    by: Actor,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Agreement:
    """Begin the agreement that follows one, with its terms copied, on the latest wording.

    Without days it starts on the day the old one ends, and lasts as long. The old one holds until
    the day on which the activated renewal starts.

    Raises:
        AgreementStateError: the old one neither holds nor expired.
        AlreadyRenewedError: a renewal is on its way.
        RenewalStartError: it would leave a gap, or leave the old one no day.
        AgreementPeriodError: the end is not after the start.
    """
    old = locks.agreement(agreement_id)
    if old.status not in RENEWABLE:
        raise steps.wrong_state(old)
    existing = old.renewals.under_way().first()
    if existing is not None:
        raise AlreadyRenewedError(renewal=existing)
    starts_on = starts_on or old.ends_on
    if starts_on is None:
        raise RenewalStartError(starts_on=old.starts_on, ends_on=_("any day"))
    if ends_on is None and old.ends_on is not None:
        ends_on = starts_on + (old.ends_on - old.starts_on)
    kept = {name: getattr(old, name) for name in FIELDS}
    terms = Terms(**kept | {"starts_on": starts_on, "ends_on": ends_on})
    renewal = Agreement(
        partner=old.partner,
        renews=old,
        template=templates.current(at=at),
        drafted_by_id=by.user_id,
        drafted_at=at,
    )
    return _written(renewal, terms, verb="renew", by=by)


def _written(agreement: Agreement, terms: Terms, *, verb: str, by: Actor) -> Agreement:
    _check(agreement, terms)
    for name in FIELDS:
        setattr(agreement, name, getattr(terms, name))
    if agreement.first_recharge_amount_yuan is None:
        agreement.first_recharge_amount_yuan = _amount(terms)
    with act(f"agreements.{verb}", by=by):
        agreement.save()
    return agreement


def _amount(terms: Terms) -> Decimal | None:
    """Return quantity × price, where both are there and make whole cents."""
    if terms.first_recharge_segments is None or terms.first_recharge_unit_price_yuan is None:
        return None
    product = terms.first_recharge_segments * terms.first_recharge_unit_price_yuan
    return product.quantize(CENT) if product == product.quantize(CENT) else None


def _check(agreement: Agreement, terms: Terms) -> None:
    if terms.ends_on is not None and terms.ends_on <= terms.starts_on:
        raise AgreementPeriodError
    if terms.rate_table and terms.rate_table.partner_id not in {None, agreement.partner_id}:
        raise ForeignRateTableError
    first = (terms.first_recharge_segments, terms.first_recharge_unit_price_yuan)
    if first != (None, None) and not all(blank is not None and blank > 0 for blank in first):
        raise FirstRechargeError
    if agreement.renews is not None:
        _check_start(agreement.renews, terms.starts_on)


def _check_start(old: Agreement, starts_on: date) -> None:
    """A renewal begins while the old one holds; one that expired left its gap already."""
    is_late = (
        old.status == AgreementStatus.ACTIVE and old.ends_on is not None and starts_on > old.ends_on
    )
    if starts_on <= old.starts_on or is_late:
        raise RenewalStartError(starts_on=old.starts_on, ends_on=old.ends_on or _("any day"))
