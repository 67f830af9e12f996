"""What the database knows for matching: rows turned into the plain facts that are compared."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from apps.common.clock import local_date
from apps.partners.choices import AccountStatus
from apps.partners.models import Account, Customer
from apps.partners.models import Partner as PartnerRow
from apps.recharges.choices import RechargeStatus
from apps.recharges.matching import names
from apps.recharges.matching.evidence import Proposal
from apps.recharges.matching.facts import Credit, Partner, Slip
from apps.recharges.matching.proposals import propose
from apps.recharges.models import BankEntry, ExpectedRecharge, Recharge, Remittance


def proposals() -> dict[int, list[Proposal]]:
    """Return the ranked proposals for every credit that waits and is not proposed, by its id."""
    entries = BankEntry.objects.free()
    slips = Remittance.objects.waiting().select_related("account")
    return propose([credit(entry) for entry in entries], [slip(each) for each in slips], partners())


def credit(entry: BankEntry) -> Credit:
    """Return a bank entry as matching sees it."""
    return Credit(
        id=entry.pk,
        amount_yuan=entry.amount_yuan,
        day=local_date(entry.received_at),
        payer=entry.payer,
        payer_account=entry.payer_account,
        memo=entry.reference,
        serial=entry.serial,
    )


def slip(remittance: Remittance) -> Slip:
    """Return a remittance as matching sees it; its account must have been read."""
    return Slip(
        id=remittance.pk,
        partner_id=remittance.account.partner_id,
        account_id=remittance.account_id,
        amount_yuan=remittance.amount_yuan,
        paid_on=remittance.paid_on,
        payer=remittance.payer,
        reference=remittance.bank_reference,
    )


def partners(partner_ids: Collection[int] | None = None) -> list[Partner]:
    """Return the partners that money may be for, or those named."""
    accounts = Account.objects.exclude(status=AccountStatus.CLOSED)
    rows = PartnerRow.objects.order_by("pk")
    if partner_ids is not None:
        accounts = Account.objects.filter(partner__in=partner_ids)
        rows = rows.filter(pk__in=partner_ids)
    of_partner = _accounts(accounts)
    payers, payer_accounts = _payers(partner_ids)
    agreements = _grouped(
        ExpectedRecharge.objects.values_list("account__partner", "agreement_number")
    )
    customers = _grouped(Customer.objects.values_list("partner", "name"))
    return [
        Partner(
            id=row.pk,
            name=row.name,
            account_id=_own(of_partner[row.pk]),
            accounts={account.code.upper(): account.pk for account in of_partner[row.pk]},
            agreement_numbers=frozenset(agreements[row.pk]),
            payers=frozenset(payers[row.pk]),
            payer_accounts=frozenset(payer_accounts[row.pk]),
            customers=tuple(sorted(customers[row.pk])),
        )
        for row in rows
        if of_partner[row.pk]
    ]


def _accounts(rows: "QuerySet[Account]") -> dict[int, list[Account]]:
    found: dict[int, list[Account]] = defaultdict(list)
    for account in rows.order_by("pk"):
        found[account.partner_id].append(account)
    return found


def _own(accounts: list[Account]) -> int:
    """Return the partner's own account, or its first where it has none."""
    own = (account.pk for account in accounts if account.customer_id is None)
    return next(own, accounts[0].pk)


def _payers(
    partner_ids: Collection[int] | None,
) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Return who paid for each partner before: names, and bank accounts."""
    confirmed = Recharge.objects.filter(status=RechargeStatus.CONFIRMED)
    if partner_ids is not None:
        confirmed = confirmed.filter(account__partner__in=partner_ids)
    rows = confirmed.values_list(
        "account__partner", "bank_entry__payer", "bank_entry__payer_account"
    ).distinct()
    by_name: dict[int, set[str]] = defaultdict(set)
    by_account: dict[int, set[str]] = defaultdict(set)
    for partner_id, payer, payer_account in rows:
        by_name[partner_id] |= {names.normal(payer)} - {""}
        by_account[partner_id] |= {payer_account} - {""}
    return by_name, by_account


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found
