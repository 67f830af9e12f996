"""From money to segments.

    BankProfile       one of the gateway's bank accounts, and how its bank writes statements
    StatementImport   a statement file that was looked at and taken in
    Remittance        what the partner says it paid, with the scanned slip
    BankEntry         a credit line of the gateway's bank statement
    Match             which credits, slips and account a person said belong together
    Recharge          one bank entry turned into segments of one account, at a price kept with it
    ExpectedRecharge  the first recharge that an activated agreement calls for
    Lot               segments that came into an account at one price, and how far they are used up
    Reversal          a recharge taken back, and what of it was spent before
    RechargeReceipt   the paper that says what was credited for which money
    LateCredit        money that was not credited by when it was due
    RechargePolicy    the rules that administrators may set

Yuan in = segments × price + remainder, for every recharge, held by a CHECK.
"""

from apps.recharges.models.expected import ExpectedRecharge
from apps.recharges.models.lots import Lot, LotMark
from apps.recharges.models.matches import Match
from apps.recharges.models.money_in import BankEntry, LateCredit, Remittance
from apps.recharges.models.policies import RechargePolicy
from apps.recharges.models.receipts import RechargeReceipt
from apps.recharges.models.recharges import Recharge
from apps.recharges.models.reversals import Reversal
from apps.recharges.models.statements import BankProfile, StatementImport

__all__ = [
    "BankEntry",
    "BankProfile",
    "ExpectedRecharge",
    "LateCredit",
    "Lot",
    "LotMark",
    "Match",
    "Recharge",
    "RechargePolicy",
    "RechargeReceipt",
    "Remittance",
    "Reversal",
    "StatementImport",
]
