"""Whether the blanks of an agreement are complete and agree with each other and with the portal.

Everything that is missing or contradictory is found, not the first of it, so that one look mends
the draft.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.agreements import printing, rules
from apps.agreements.choices import Blank, TemplateStatus
from apps.agreements.models import Agreement, TemplateClause
from apps.common import clock
from apps.common.errors import InvalidError
from apps.partners.models import Gateway
from apps.rates.choices import NetworkClass
from apps.rates.queries import prices as rates
from apps.rates.queries import standards
from apps.signatures.rules import texts

Problem = tuple[Promise | str, str]
_OF_PARTY = ("phone", "postcode", "address")
# Named once, as particulars of the party.
_OF_PARTIES = {Blank.PARTNER_NAME, Blank.GATEWAY_NAME, Blank.BANK_NAME, Blank.BANK_ACCOUNT}
_FIRST_RECHARGE = {Blank.FIRST_SEGMENTS, Blank.UNIT_PRICE, Blank.FIRST_AMOUNT}


def problems(
    agreement: Agreement, clauses: list[TemplateClause], *, gateway: Gateway, at: datetime
) -> list[str]:
    """Name every blank that keeps the agreement from being issued at `at`, and why."""
    used = {Blank(name) for clause in clauses for name in rules.blanks_in(clause.text)}
    found = [
        *_missing(agreement, used, gateway=gateway),
        *_parties(agreement, gateway),
        *_template(agreement),
        *_first_recharge(agreement),
        *_price(agreement, at=at),
        *_characters(agreement, used, at=at),
        *_signature(agreement, used),
        *_term(agreement, at=at),
    ]
    return [
        gettext("%(blank)s: %(why)s") % {"blank": name, "why": why}
        for name, why in dict.fromkeys(found)
    ]


def _missing(agreement: Agreement, used: set[Blank], *, gateway: Gateway) -> Iterator[Problem]:
    values = printing.blank_values(agreement, gateway=gateway)
    needed = used | (_FIRST_RECHARGE if used & _FIRST_RECHARGE else set())
    needed -= {Blank.FIRST_AMOUNT_CAPITALS} | _OF_PARTIES
    for blank in Blank:
        if blank in needed and not values[blank]:
            yield blank.label, gettext("is missing")


def _parties(agreement: Agreement, gateway: Gateway) -> Iterator[Problem]:
    for party, fields in ((agreement.partner, _OF_PARTY), (gateway, Gateway.PRINTED)):
        for field in fields:
            if not getattr(party, field):
                column: Any = party._meta.get_field(field)
                yield f"{party._meta.verbose_name}, {column.verbose_name}", gettext("is missing")


def _template(agreement: Agreement) -> Iterator[Problem]:
    template = agreement.template
    if template is None or template.status != TemplateStatus.PUBLISHED:
        yield _("Template"), gettext("is not published")


def _first_recharge(agreement: Agreement) -> Iterator[Problem]:
    segments = agreement.first_recharge_segments
    price, amount = (
        agreement.first_recharge_unit_price_yuan,
        agreement.first_recharge_amount_yuan,
    )
    if segments is None or price is None:
        return
    if amount is not None and not rules.is_whole_amount(
        segments=segments, unit_price_yuan=price, amount_yuan=amount
    ):
        yield (
            Blank.FIRST_AMOUNT.label,
            gettext("quantity × price is %(product)s") % {"product": f"{segments * price:,f}"},
        )
    if agreement.base_fee_yuan is not None and price > agreement.base_fee_yuan:
        yield Blank.UNIT_PRICE.label, gettext("is above the base fee")


def _price(agreement: Agreement, *, at: datetime) -> Iterator[Problem]:
    """Compare with what the rate table would charge on the first day."""
    segments = agreement.first_recharge_segments
    if not segments or agreement.first_recharge_unit_price_yuan is None:
        return
    try:
        quote = rates.price_for_quantity(
            partner_id=agreement.partner_id, segments=segments, at=_first_moment(agreement, at)
        )
    except (rates.NoRateError, rates.BelowLowestTierError) as error:
        yield Blank.UNIT_PRICE.label, str(error)
        return
    price = quote.price.tier.unit_price_yuan
    if price != agreement.first_recharge_unit_price_yuan:
        yield (
            Blank.UNIT_PRICE.label,
            gettext("%(table)s says %(price)s for this quantity")
            % {"table": quote.version.table, "price": f"{price:f}"},
        )
    if agreement.rate_table_id not in {None, quote.version.table_id} or (
        agreement.rate_table_id is None and quote.is_own
    ):
        yield (
            _("Rate table"),
            gettext("the prices in force are those of %(table)s") % {"table": quote.version.table},
        )


def _characters(agreement: Agreement, used: set[Blank], *, at: datetime) -> Iterator[Problem]:
    """Compare with the standards that messages are counted by."""
    sizes = standards.sizes_at(_first_moment(agreement, at))
    for blank, network_class, said in (
        (Blank.MOBILE_CHARACTERS, NetworkClass.MOBILE, agreement.mobile_characters),
        (Blank.PHS_CHARACTERS, NetworkClass.PHS, agreement.phs_characters),
    ):
        counted = sizes[network_class.value].single
        if blank in used and said is not None and said != counted:
            yield (
                blank.label,
                gettext("messages are counted by %(standard)s") % {"standard": counted},
            )


def _signature(agreement: Agreement, used: set[Blank]) -> Iterator[Problem]:
    form = f"{texts.ALLOWED}{{{texts.MIN_CHARACTERS},{texts.MAX_CHARACTERS}}}"
    text = agreement.signature_text
    if Blank.SIGNATURE in used and text and not re.fullmatch(form, text):
        yield (
            Blank.SIGNATURE.label,
            gettext("has 2 to 32 Chinese characters, letters or digits, without brackets"),
        )


def _term(agreement: Agreement, *, at: datetime) -> Iterator[Problem]:
    if agreement.ends_on is not None and agreement.ends_on <= clock.local_date(at):
        yield Blank.TERM.label, gettext("is over")


def _first_moment(agreement: Agreement, at: datetime) -> datetime:
    """Return when the agreement's prices begin to count: not before now."""
    first = datetime.combine(agreement.starts_on, time(), clock.SHANGHAI).astimezone(UTC)
    return max(first, at)


class AgreementBlanksError(InvalidError):
    """Blanks are missing or contradict each other; each is named."""

    code = "agreement_blanks_incomplete"
    message = _("Not issued. %(problems)s.")
    cure = _("Change the terms of the draft where the message says.")


def check(
    agreement: Agreement, clauses: list[TemplateClause], *, gateway: Gateway, at: datetime
) -> None:
    """Refuse an agreement that cannot be issued.

    Raises:
        AgreementBlanksError: `blanks` names each blank and what is wrong with it.
    """
    if found := problems(agreement, clauses, gateway=gateway, at=at):
        raise AgreementBlanksError(problems=gettext("; ").join(found), blanks=found)
