"""Prices and money of the demonstration set: credited, waiting to be confirmed, and unclaimed."""

from datetime import datetime, timedelta
from decimal import Decimal

from apps.audit.actors import Actor
from apps.common.clock import local_date
from apps.demo import papers
from apps.demo.companies import BANK_ACCOUNT, QINGHE, YUNFAN, Client
from apps.ledger.services import credits as ledger
from apps.partners.choices import PartnerRole
from apps.partners.models import Account
from apps.rates.services import rate_tables
from apps.recharges.services import bank_entries, recharges, remittances, statements

TIERS = {
    1: Decimal("0.08"),
    20_000: Decimal("0.065"),
    100_000: Decimal("0.055"),
    200_000: Decimal("0.05"),
    1_000_000: Decimal("0.045"),
}
SHARE_OF_CUSTOMER = 20_000


def publish_prices(*, team: dict[str, Actor], at: datetime) -> None:
    """Put the standard rate table in force: one person drafts it, another publishes it."""
    by = team["finance"]
    table = rate_tables.open_standard(name="标准资费表", by=by)
    version = rate_tables.draft_version(table=table, starts_at=at, tiers=TIERS, by=by)
    rate_tables.publish(version_id=version.pk, by=team["finance2"], at=at)


def credit_first_recharges(
    yunfan: Client, qinghe: Client, *, team: dict[str, Actor], at: datetime
) -> None:
    """Recharge both partners: one person enters the money, another confirms it."""
    bank = statements.open_profile(
        name="工商银行基本户", bank_account=BANK_ACCOUNT, by=team["finance"]
    )
    statements.confirm_profile(profile_id=bank.pk, by=team["finance2"], at=at)
    for client, payer, amount, serial in (
        (yunfan, YUNFAN.name, Decimal("10000.00"), "0001"),
        (qinghe, QINGHE.name, Decimal("2600.00"), "0002"),
    ):
        recharge_id = _propose(
            client.account, payer=payer, amount=amount, serial=serial, by=team["finance"], at=at
        )
        recharges.confirm(recharge_id=recharge_id, by=team["finance2"], at=at + timedelta(hours=2))


def share_with(customer: Account, client: Client, *, at: datetime) -> None:
    """Move part of a partner's credit to its customer's account."""
    ledger.transfer(
        source=client.account,
        target=customer,
        segments=SHARE_OF_CUSTOMER,
        by=client.owner,
        at=at,
    )


def leave_waiting(yunfan: Client, qinghe: Client, *, team: dict[str, Actor], at: datetime) -> None:
    """Leave finance something to do: a proposal to confirm, and money without an account."""
    _propose(
        qinghe.account,
        payer=QINGHE.name,
        amount=Decimal("5500.00"),
        serial="0003",
        by=team["finance"],
        at=at,
    )
    _enter(payer=YUNFAN.name, amount=Decimal("3250.00"), serial="0004", by=team["finance"], at=at)
    remittances.enter(
        account=yunfan.account,
        amount_yuan=Decimal("3250.00"),
        paid_on=local_date(at),
        payer=YUNFAN.name,
        voucher=papers.voucher(amount="3 250.00", reference=yunfan.account.code),
        by=yunfan.actors[PartnerRole.FINANCE],
        at=at,
    )


def _propose(
    account: Account, *, payer: str, amount: Decimal, serial: str, by: Actor, at: datetime
) -> int:
    entry_id = _enter(payer=payer, amount=amount, serial=serial, by=by, at=at)
    return recharges.propose(bank_entry_id=entry_id, account=account, by=by, at=at).pk


def _enter(*, payer: str, amount: Decimal, serial: str, by: Actor, at: datetime) -> int:
    entry = bank_entries.enter(
        bank_account=BANK_ACCOUNT,
        serial=f"{local_date(at):%Y%m%d}{serial}",
        payer=payer,
        amount_yuan=amount,
        received_at=at,
        reference="短信费",
        by=by,
        at=at,
    )
    return entry.pk
