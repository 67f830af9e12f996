"""The evidence for saying that some credits are some slips."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from apps.recharges.matching import names
from apps.recharges.matching.evidence import Evidence, Kind
from apps.recharges.matching.facts import Credit, Partner, Slip

# What a bank takes from a transfer: up to 50 yuan at the counter, 0.5 % from abroad.
MAX_FEE_YUAN = Decimal(50)
MAX_FEE_SHARE = Decimal("0.005")
POINTS = {
    Kind.AMOUNT_EQUAL: 40,
    Kind.AMOUNT_SUM: 34,
    Kind.AMOUNT_FEE: 24,
    Kind.AMOUNT_DIFFERENT: -30,
    Kind.NO_SLIP: 0,
    Kind.NAME_EQUAL: 25,
    Kind.NAME_OTHER: -15,
    Kind.PAYER_IS_PERSON: 0,
    Kind.PAYER_KNOWN: 22,
    Kind.ACCOUNT_KNOWN: 22,
    Kind.REFERENCE_FOUND: 30,
    Kind.CODE_FOUND: 25,
    Kind.AGREEMENT_FOUND: 22,
    Kind.PARTNER_NAMED: 20,
    Kind.OTHER_PARTNER_NAMED: -25,
    Kind.SAME_DAY: 10,
    Kind.DAY_MONTH_SWAPPED: 6,
    Kind.FITS_ANOTHER: -40,
}
MOST_NAME_POINTS, LEAST_NAME_POINTS = 23, 8
_POINTS_BY_DAYS = ((1, 8), (2, 7), (3, 6), (5, 4), (7, 2), (15, -2), (31, -6))
_POINTS_LATER = -12
MIN_REFERENCE_LENGTH = 4  # shorter ones stand in any number


def weigh(
    credits_: Sequence[Credit], slips: Sequence[Slip], partner: Partner
) -> tuple[Evidence, ...]:
    """Return all evidence for and against: amounts, names, references, days.

    Of several credits the one with the weakest payer speaks, and of several days the worst.
    """
    found = list(_of_amount(credits_, slips))
    found += min((_of_payer(each, slips, partner) for each in credits_), key=points_of)
    found += _of_memo(credits_, slips, partner)
    days = [of_days(credit.day, slip.paid_on) for credit in credits_ for slip in slips]
    if days:
        found.append(min(days, key=lambda each: each.points))
    return tuple(found)


def points_of(found: Iterable[Evidence]) -> int:
    """Return the sum of points."""
    return sum(each.points for each in found)


def evidence(kind: Kind, **data: object) -> Evidence:
    """Return evidence with the points of its kind."""
    return Evidence(kind, POINTS[kind], data)


def is_fee(credited: Decimal, paid: Decimal) -> bool:
    """Tell whether what is missing may be a bank's fee."""
    return Decimal(0) < paid - credited <= max(MAX_FEE_YUAN, paid * MAX_FEE_SHARE)


def _of_amount(credits_: Sequence[Credit], slips: Sequence[Slip]) -> Iterator[Evidence]:
    if not slips:
        yield evidence(Kind.NO_SLIP)
        return
    credited = sum((credit.amount_yuan for credit in credits_), Decimal(0))
    paid = sum((slip.amount_yuan for slip in slips), Decimal(0))
    parts = max(len(credits_), len(slips))
    if credited == paid and parts == 1:
        yield evidence(Kind.AMOUNT_EQUAL, amount=f"{credited:,.2f}")
    elif credited == paid:
        yield evidence(Kind.AMOUNT_SUM, amount=f"{credited:,.2f}", count=parts)
    elif is_fee(credited, paid):
        yield evidence(Kind.AMOUNT_FEE, difference=f"{paid - credited:,.2f}")
    else:
        yield evidence(Kind.AMOUNT_DIFFERENT, difference=f"{credited - paid:+,.2f}")


def _of_payer(credit: Credit, slips: Sequence[Slip], partner: Partner) -> list[Evidence]:
    payer = names.normal(credit.payer)
    found = []
    if credit.payer_account and credit.payer_account in partner.payer_accounts:
        found.append(evidence(Kind.ACCOUNT_KNOWN))
    elif payer and payer in partner.payers:
        found.append(evidence(Kind.PAYER_KNOWN))
    return found + (_of_name(credit.payer, slips, partner) if payer else [])


def _of_name(payer: str, slips: Sequence[Slip], partner: Partner) -> list[Evidence]:
    expected = [slip.payer for slip in slips if slip.payer] + [partner.name, *partner.customers]
    best = max(expected, key=lambda name: names.similarity(payer, name))
    percent = names.similarity(payer, best)
    if percent == 100:
        return [evidence(Kind.NAME_EQUAL, name=best)]
    if percent >= names.SIMILAR_PERCENT:
        data = {"percent": percent, "name": best}
        return [Evidence(Kind.NAME_SIMILAR, _name_points(percent), data)]
    if names.is_person(payer):
        return [evidence(Kind.PAYER_IS_PERSON)]
    if names.normal(payer) not in partner.payers:
        return [evidence(Kind.NAME_OTHER, name=expected[0])]
    return []


def _name_points(percent: int) -> int:
    span = MOST_NAME_POINTS - LEAST_NAME_POINTS
    above = percent - names.SIMILAR_PERCENT
    return LEAST_NAME_POINTS + span * above // (100 - names.SIMILAR_PERCENT)


def _of_memo(
    credits_: Sequence[Credit], slips: Sequence[Slip], partner: Partner
) -> Iterator[Evidence]:
    memo = " ".join(compact(f"{each.memo} {each.serial}") for each in credits_)
    for slip in slips:
        reference = compact(slip.reference)
        if len(reference) >= MIN_REFERENCE_LENGTH and reference in memo:
            yield evidence(Kind.REFERENCE_FOUND, reference=slip.reference)
            break
    yield from _of_partner(memo, partner)


def _of_partner(memo: str, partner: Partner) -> Iterator[Evidence]:
    for code in partner.accounts:
        if code in memo:
            yield evidence(Kind.CODE_FOUND, code=code)
            break
    for number in partner.agreement_numbers:
        if compact(number) in memo:
            yield evidence(Kind.AGREEMENT_FOUND, number=number)
            break
    core = names.core(partner.name).upper()
    if len(core) >= MIN_REFERENCE_LENGTH and core in memo:
        yield evidence(Kind.PARTNER_NAMED, name=partner.name)


def of_days(credited: date, paid: date) -> Evidence:
    """Return what the days say; money that came before it was paid counts as two days further."""
    days = (credited - paid).days
    if days == 0:
        return evidence(Kind.SAME_DAY)
    if abs(days) > 3 and (credited.month, credited.day) == (paid.day, paid.month):
        return evidence(Kind.DAY_MONTH_SWAPPED)
    distance = days if days > 0 else 2 - days
    points = next((points for most, points in _POINTS_BY_DAYS if distance <= most), _POINTS_LATER)
    return Evidence(Kind.DAYS_APART, points, {"days": abs(days)})


@lru_cache(maxsize=8_192)
def compact(memo: str) -> str:
    """Return a memo for searching: narrow, upper case, letters and digits only."""
    narrow = unicodedata.normalize("NFKC", memo).upper()
    return re.sub(r"[^0-9A-Z\u4e00-\u9fff]", "", narrow)
