"""Bank entries and recharges from them."""

from datetime import UTC, datetime
from decimal import Decimal

import factory

from apps.recharges.choices import BankEntryStatus, RechargeStatus
from apps.recharges.models import BankEntry, Recharge
from tests.factories.partners import AccountFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.users import StaffFactory

MORNING = datetime(2026, 6, 1, 2, tzinfo=UTC)


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

    class Params:
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
            bank_entry__status=BankEntryStatus.MATCHED,
        )
