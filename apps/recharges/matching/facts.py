"""What matching knows: the credits that wait, the slips that are open, and the partners."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit:
    """A credit line of the bank that waits for its account; `memo` is its reference."""

    id: int
    amount_yuan: Decimal
    day: date
    payer: str = ""
    payer_account: str = ""
    memo: str = ""
    serial: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """What a partner says it paid."""

    id: int
    partner_id: int
    account_id: int
    amount_yuan: Decimal
    paid_on: date
    payer: str = ""
    reference: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Partner:
    """What a payment of a partner may be known by.

    Attributes:
        account_id: its own account, for money without a slip.
        accounts: its accounts by their log-in codes, in upper case.
        agreement_numbers: of the agreements whose first recharge is or was expected.
        payers: names that paid for it before.
        payer_accounts: bank accounts that paid for it before.
        customers: the names of its customers, which sometimes pay themselves.
    """

    id: int
    name: str
    account_id: int
    accounts: Mapping[str, int] = field(default_factory=dict)
    agreement_numbers: frozenset[str] = frozenset()
    payers: frozenset[str] = frozenset()
    payer_accounts: frozenset[str] = frozenset()
    customers: tuple[str, ...] = ()
