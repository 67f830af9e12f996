"""Remittances, bank entries, and recharges from them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from apps.recharges.choices import (
    BankEntryStatus,
    RechargeStatus,
    RemittanceStatus,
    ReversalCause,
    ReversalStatus,
)
from apps.recharges.models import (
    BankEntry,
    ExpectedRecharge,
    LateCredit,
    Lot,
    Match,
    Recharge,
    Remittance,
    Reversal,
    StatementImport,
)
from apps.recharges.queries import same_day
from tests.factories.partners import AccountFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.statements import BankProfileFactory
from tests.factories.users import StaffFactory

SETTLED = set(BankEntryStatus) - {BankEntryStatus.UNMATCHED}
MORNING = datetime(2026, 6, 1, 2, tzinfo=UTC)


class StatementFactory(factory.django.DjangoModelFactory):
    """A statement that was taken in."""

    class Meta:
        model = StatementImport

    profile = factory.SubFactory(BankProfileFactory)
    file = "statements/none"
    file_name = "明细.csv"
    sha256 = factory.Sequence("{:064x}".format)
    format = "DELIMITED"
    status = "STORED"
    uploaded_by = factory.SubFactory(StaffFactory, finance=True)
    uploaded_at = MORNING
    stored_by = factory.SelfAttribute("uploaded_by")
    stored_at = MORNING


class BankEntryFactory(factory.django.DjangoModelFactory):
    """10 000 yuan that came in and wait for their account."""

    class Meta:
        model = BankEntry

    bank_account = "0200 0045 1902 0000 123"
    serial = factory.Sequence("20260601{:06}".format)
    payer = "北京青禾软件有限公司"
    amount_yuan = Decimal("10000.00")
    received_at = MORNING
    entered_by = factory.SubFactory(StaffFactory, finance=True)
    entered_at = MORNING
    found_at = factory.SelfAttribute("entered_at")
    due_at = factory.LazyAttribute(lambda entry: same_day.due_at(entry.found_at))
    status = BankEntryStatus.UNMATCHED
    settled_at = factory.LazyAttribute(
        lambda entry: entry.found_at if entry.status in SETTLED else None
    )

    class Params:
        imported = factory.Trait(
            statement=factory.SubFactory(StatementFactory),
            entered_by=factory.SelfAttribute("statement.stored_by"),
        )
        matched = factory.Trait(status=BankEntryStatus.MATCHED)
        returned = factory.Trait(status=BankEntryStatus.RETURNED, status_reason="付款人有误")
        discarded = factory.Trait(status=BankEntryStatus.DISCARDED, status_reason="利息")


class RechargeFactory(factory.django.DjangoModelFactory):
    """A proposal: 10 000 yuan at 0.05 make 200 000 segments."""

    class Meta:
        model = Recharge

    account = factory.SubFactory(AccountFactory)
    bank_entry = factory.SubFactory(BankEntryFactory)
    amount_yuan = Decimal("10000.00")
    unit_price_yuan = Decimal("0.05")
    segments = 200_000
    remainder_yuan = Decimal(0)
    rate_version = factory.SubFactory(RateVersionFactory)
    rate_tier = factory.LazyAttribute(
        lambda recharge: recharge.rate_version.tiers.order_by("-from_segments").first()
    )
    entered_by = factory.SelfAttribute("bank_entry.entered_by")
    entered_at = MORNING

    class Params:
        confirmed = factory.Trait(
            status=RechargeStatus.CONFIRMED,
            confirmed_at=MORNING,
            confirmed_by=factory.SubFactory(StaffFactory, finance=True),
            bank_entry__status=BankEntryStatus.MATCHED,
        )
        reversed = factory.Trait(
            status=RechargeStatus.REVERSED,
            confirmed_at=MORNING,
            confirmed_by=factory.SubFactory(StaffFactory, finance=True),
        )


class MatchFactory(factory.django.DjangoModelFactory):
    """What a person said belongs together."""

    class Meta:
        model = Match

    account = factory.SubFactory(AccountFactory)
    confirmed_by = factory.SubFactory(StaffFactory, finance=True)
    confirmed_at = MORNING


class RemittanceFactory(factory.django.DjangoModelFactory):
    """A partner says it paid 10 000 yuan."""

    class Meta:
        model = Remittance

    account = factory.SubFactory(AccountFactory)
    amount_yuan = Decimal("10000.00")
    paid_on = date(2026, 6, 1)
    payer = "北京青禾软件有限公司"
    voucher = "vouchers/none.pdf"
    content_type = "application/pdf"
    sha256 = factory.Sequence("{:064x}".format)
    entered_at = MORNING

    class Params:
        matched = factory.Trait(
            status=RemittanceStatus.MATCHED, match=factory.SubFactory(MatchFactory)
        )
        credited = factory.Trait(
            status=RemittanceStatus.CREDITED, match=factory.SubFactory(MatchFactory)
        )
        rejected = factory.Trait(
            status=RemittanceStatus.REJECTED, status_reason="看不清", remedy="请重新扫描"
        )
        withdrawn = factory.Trait(status=RemittanceStatus.WITHDRAWN)


class ExpectedRechargeFactory(factory.django.DjangoModelFactory):
    """The first recharge of an agreement, due today."""

    class Meta:
        model = ExpectedRecharge

    account = factory.SubFactory(AccountFactory)
    agreement_number = factory.Sequence("2026-{:04}".format)
    amount_yuan = Decimal("10000.00")
    due_on = date(2026, 6, 1)
    opened_at = MORNING


class LotFactory(factory.django.DjangoModelFactory):
    """What a credited recharge brought, all of it left."""

    class Meta:
        model = Lot

    recharge = factory.SubFactory(RechargeFactory, confirmed=True)
    account = factory.SelfAttribute("recharge.account")
    arrived_sequence = 1
    segments = factory.SelfAttribute("recharge.segments")
    remaining_segments = factory.SelfAttribute("segments")
    unit_price_yuan = factory.SelfAttribute("recharge.unit_price_yuan")
    created_at = MORNING


class ReversalFactory(factory.django.DjangoModelFactory):
    """Somebody asks to take a recharge back of which everything is spent."""

    class Meta:
        model = Reversal

    recharge = factory.SubFactory(RechargeFactory, confirmed=True)
    cause = ReversalCause.BOOKED_WRONGLY
    reason = "记到了别的账户"
    segments = factory.SelfAttribute("recharge.segments")
    requested_by = factory.SubFactory(StaffFactory, finance=True)
    requested_at = MORNING

    class Params:
        approved = factory.Trait(
            status=ReversalStatus.APPROVED,
            owed_segments=factory.SelfAttribute("segments"),
            decided_by=factory.SubFactory(StaffFactory, finance=True),
            decided_at=MORNING,
        )


class LateCreditFactory(factory.django.DjangoModelFactory):
    """Money that was not credited by when it was due."""

    class Meta:
        model = LateCredit

    bank_entry = factory.SubFactory(BankEntryFactory)
    due_at = factory.SelfAttribute("bank_entry.due_at")
    noticed_at = factory.SelfAttribute("due_at")
