"""From money to segments.

    Remittance      what the partner says it paid, with the scanned slip
    BankEntry       a credit line of the gateway's bank statement
    Recharge        one bank entry turned into segments of one account, at a price kept with it
    Lot             the segments of a recharge that are still to be consumed, first in first out

Yuan in = segments × price + remainder, for every recharge, held by a CHECK.
"""

from apps.recharges.models.money_in import BankEntry, Remittance
from apps.recharges.models.recharges import Lot, Recharge

__all__ = ["BankEntry", "Lot", "Recharge", "Remittance"]
