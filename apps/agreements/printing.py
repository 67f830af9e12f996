"""What the paper of an agreement says: its blanks as text, and all of it as values to typeset.

The paper is Chinese, whatever language somebody at a page reads, so nothing here is translated.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from apps.agreements import rules, wording
from apps.agreements.choices import Blank
from apps.agreements.models import Agreement, TemplateClause
from apps.common import clock, money
from apps.partners.models import Gateway

TEMPLATE = Path(__file__).resolve().parent / "documents" / "agreement.typ"
_OF_PARTY = (
    ("名称", "name"),
    ("信用代码", "credit_code"),
    ("电话", "phone"),
    ("传真", "fax"),
    ("邮编", "postcode"),
    ("地址", "address"),
)


def values(
    agreement: Agreement,
    clauses: list[TemplateClause],
    *,
    gateway: Gateway,
    number: str,
    at: datetime,
) -> dict[str, Any]:
    """Return everything that is printed of an agreement whose blanks are complete."""
    blanks = blank_values(agreement, gateway=gateway)
    assert agreement.template is not None  # noqa: S101 - the blanks were found complete
    return {
        "title": agreement.template.title,
        "number": number,
        "version": agreement.template.version,
        "dated_at": clock.iso(at),
        "author": [gateway.name],
        "parties": [
            {
                "role": "甲方",
                "name": agreement.partner.name,
                "rows": _particulars(agreement.partner),
            },
            {"role": "乙方", "name": gateway.name, "rows": _particulars(gateway)},
        ],
        "clauses": [
            {
                "kind": clause.kind,
                "label": rules.label(clause.kind, clause.number),
                "title": clause.title,
                "pieces": rules.filled(clause.text, blanks),
            }
            for clause in clauses
        ],
    }


def blank_values(agreement: Agreement, *, gateway: Gateway) -> dict[str, str]:
    """Return each blank's text; empty where the agreement does not say."""
    amount = agreement.first_recharge_amount_yuan
    return {
        Blank.BASE_FEE: _price(agreement.base_fee_yuan),
        Blank.FIRST_SEGMENTS: _count(agreement.first_recharge_segments),
        Blank.UNIT_PRICE: _price(agreement.first_recharge_unit_price_yuan),
        Blank.FIRST_AMOUNT: "" if amount is None else f"{amount:,.2f}",
        Blank.FIRST_AMOUNT_CAPITALS: "" if amount is None else money.capitals(amount),
        Blank.MOBILE_CHARACTERS: _count(agreement.mobile_characters),
        Blank.PHS_CHARACTERS: _count(agreement.phs_characters),
        Blank.SIGNATURE: f"【{agreement.signature_text}】" if agreement.signature_text else "",
        Blank.REFUND_RULE: wording.REFUND_RULES[agreement.refund_rule],
        Blank.TERM: _term(agreement.starts_on, agreement.ends_on),
        Blank.PARTNER_NAME: agreement.partner.name,
        Blank.GATEWAY_NAME: gateway.name,
        Blank.BANK_NAME: gateway.bank_name,
        Blank.BANK_ACCOUNT: gateway.bank_account,
    }


def _particulars(party: Any) -> list[list[str]]:
    """Return the rows of one party; fax and company code may be without a value."""
    return [[name, getattr(party, field)] for name, field in _OF_PARTY if hasattr(party, field)]


def _price(yuan: Decimal | None) -> str:
    """Write a unit price with at least two decimals and no idle zeros: 0.05, 0.0455."""
    if yuan is None:
        return ""
    whole, _point, decimals = f"{yuan:.4f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _term(starts_on: date, ends_on: date | None) -> str:
    """Write the term with its last day included, as people read it."""
    if ends_on is None:
        return f"自{_day(starts_on)}起，长期有效"
    return f"自{_day(starts_on)}起至{_day(ends_on - timedelta(days=1))}止"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
