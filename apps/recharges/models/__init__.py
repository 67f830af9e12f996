"""From money to segments.

    BankProfile       one of the gateway's bank accounts, and how its bank writes statements
    StatementImport   a statement file that was looked at and taken in
    Remittance        what the partner says it paid, with the scanned slip
    BankEntry         a credit line of the gateway's bank statement
    Match             which credits, slips and account a person said belong together
    Recharge          one bank entry turned into segments of one account, at a price kept with it
    ExpectedRecharge  the first recharge that an activated agreement calls for
    Lot               the segments of a recharge that are still to be consumed, first in first out

Yuan in = segments × price + remainder, for every recharge, held by a CHECK.
"""

from apps.recharges.models.expected import ExpectedRecharge
from apps.recharges.models.matches import Match
from apps.recharges.models.money_in import BankEntry, Remittance
from apps.recharges.models.recharges import Lot, Recharge
from apps.recharges.models.statements import BankProfile, StatementImport

__all__ = [
    "BankEntry",
    "BankProfile",
    "ExpectedRecharge",
    "Lot",
    "Match",
    "Recharge",
    "Remittance",
    "StatementImport",
]
