"""A made-up month in the database: slips entered, the bank's file uploaded, proposals judged."""

from decimal import Decimal

from apps.audit.actors import SYSTEM
from apps.recharges.matching.evidence import Proposal
from apps.recharges.models import BankEntry, Remittance, StatementImport
from apps.recharges.services import expected, statements
from tests.factories.partners import AccountFactory
from tests.factories.recharges import MORNING, RemittanceFactory
from tests.factories.statements import BankProfileFactory, csv
from tests.recharges.bank_lines import FIRST_DAY, Month

HEADINGS = ("交易日期", "借方发生额", "贷方发生额", "对方户名", "交易流水号", "附言")


def enter_slips(month: Month) -> None:
    """Enter the partners with their accounts and agreements, and their slips."""
    accounts = {
        firm.code: AccountFactory(code=firm.code, partner__name=firm.name) for firm in month.firms
    }
    for firm in month.firms:
        expected.open_first(
            account_id=accounts[firm.code].pk,
            agreement_number=firm.agreement,
            amount_yuan=Decimal(5_000),
            due_on=FIRST_DAY,
            by=SYSTEM,
            at=MORNING,
        )
    Remittance.objects.bulk_create(
        RemittanceFactory.build(
            account=accounts[paid.firm.code],
            amount_yuan=paid.amount,
            paid_on=paid.day,
            payer=paid.payer,
            bank_reference=paid.reference,
            sha256=f"{paid.number:064}",
        )
        for paid in month.slips
    )


def upload(month: Month) -> StatementImport:
    """Upload the bank's file."""
    rows = [
        (f"{row.day:%Y%m%d}", "", f"{row.amount:,.2f}", row.payer, row.serial, row.memo)
        for row in month.rows
    ]
    return statements.upload(
        profile_id=BankProfileFactory().pk,
        content=csv(rows, headings=HEADINGS),
        file_name="三月.csv",
        by=SYSTEM,
        at=MORNING,
    )


def share_right(month: Month, proposals: dict[int, list[Proposal]]) -> float:
    """Return of the lines with a true slip, the share whose first proposal is exactly right."""
    slips = dict(Remittance.objects.values_list("pk", "sha256"))
    serials = dict(BankEntry.objects.values_list("pk", "serial"))
    right = 0
    for entry_id, serial in serials.items():
        if serial in month.truth and proposals[entry_id]:
            first = proposals[entry_id][0]
            told = (
                frozenset(int(slips[each]) for each in first.slip_ids),
                frozenset(serials[each] for each in first.credit_ids),
            )
            right += told == month.truth[serial]
    return right / len(month.truth)
