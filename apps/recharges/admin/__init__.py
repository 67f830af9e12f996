"""Staff pages of the money that came in, and of what it was turned into.

Django finds them by this import.
"""

from apps.recharges.admin.bank_entries import BankEntryAdmin
from apps.recharges.admin.bank_profiles import BankProfileAdmin
from apps.recharges.admin.expected import ExpectedRechargeAdmin
from apps.recharges.admin.late_credits import LateCreditAdmin
from apps.recharges.admin.lots import LotAdmin
from apps.recharges.admin.policies import RechargePolicyAdmin
from apps.recharges.admin.recharges import RechargeAdmin
from apps.recharges.admin.remittances import RemittanceAdmin
from apps.recharges.admin.reversals import ReversalAdmin

__all__ = [
    "BankEntryAdmin",
    "BankProfileAdmin",
    "ExpectedRechargeAdmin",
    "LateCreditAdmin",
    "LotAdmin",
    "RechargeAdmin",
    "RechargePolicyAdmin",
    "RemittanceAdmin",
    "ReversalAdmin",
]
