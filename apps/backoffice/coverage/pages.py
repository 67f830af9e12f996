"""Coverage: every signature with its account, customer and pledge, those that lack something first.

A row is an account with one of its signatures, or an account that has none; closed accounts and
signatures that are over are left out. A partner's own account needs no pledge (agreement clause
6(9) is about customers). Of several pledges of a customer the report shows the one that says most:
one in force before one to come, before one that waits, before one that is over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from apps.backoffice.coverage.choices import TONE, Gap
from apps.partners.choices import AccountStatus
from apps.partners.models import Account
from apps.pledges.choices import PledgeStatus
from apps.pledges.models import Pledge
from apps.signatures.choices import OVER, SignatureStatus

SOON = timedelta(days=30)
EXPORTED_AT_ONCE = 500
_LIVE = [status for status in SignatureStatus.values if status not in OVER]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What somebody asks of the report; empty means all."""

    text: str = ""
    partner_id: int | None = None
    gap: Gap | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An account with one of its signatures, or with none."""

    account: Account
    signature: str
    signature_status: str
    pledge: Pledge | None
    gap: Gap

    @property
    def tone(self) -> str:
        """The state whose colour the gap has."""
        return TONE[self.gap]

    @property
    def needs_pledge(self) -> bool:
        """Whether it is a customer's account."""
        return self.account.customer_id is not None


def found(wanted: Wanted, *, today: date) -> QuerySet[Any]:
    """Return the rows asked for, gaps first; read them with `rows`."""
    listed = _listed(wanted, today=today)
    if wanted.gap is not None:
        listed = listed.filter(gap=wanted.gap)
    return listed.order_by("gap", "partner__name", "code", "live__text", "live__pk")


def counts(wanted: Wanted, *, today: date) -> dict[Gap, int]:
    """Count the rows of each gap, whichever of them is asked for."""
    listed = _listed(wanted, today=today).order_by()
    counted = dict(listed.values_list("gap").annotate(rows=Count("*")))
    return {gap: counted.get(gap, 0) for gap in Gap}


def rows(accounts: Iterable[Any]) -> list[Row]:
    """Read the pledges of some rows at once, and say what each row is about."""
    listed = list(accounts)
    shown = Pledge.objects.in_bulk([each.shown_pledge for each in listed if each.shown_pledge])
    return [
        Row(
            account=each,
            signature=each.signature_text or "",
            signature_status=_label_of(each.signature_state),
            pledge=shown.get(each.shown_pledge),
            gap=Gap(each.gap),
        )
        for each in listed
    ]


def exported(wanted: Wanted, *, today: date) -> Iterator[Row]:
    """Yield all rows asked for, some hundreds at a time."""
    accounts = found(wanted, today=today).iterator(chunk_size=EXPORTED_AT_ONCE)
    while some := list(islice(accounts, EXPORTED_AT_ONCE)):
        yield from rows(some)


def _listed(wanted: Wanted, *, today: date) -> QuerySet[Any]:
    accounts: QuerySet[Any] = Account.objects.exclude(status=AccountStatus.CLOSED).select_related(
        "partner", "customer"
    )
    if wanted.partner_id is not None:
        accounts = accounts.filter(partner=wanted.partner_id)
    listed: QuerySet[Any] = accounts.annotate(
        live=FilteredRelation("signatures", condition=Q(signatures__status__in=_LIVE)),
        signature_text=F("live__text"),
        signature_state=F("live__status"),
        shown_pledge=_of_pledge("pk", today=today),
        standing=_of_pledge("standing", today=today),
    ).annotate(gap=_gap())
    if wanted.text:
        listed = listed.filter(
            Q(code__icontains=wanted.text)
            | Q(partner__name__icontains=wanted.text)
            | Q(customer__name__icontains=wanted.text)
            | Q(customer__credit_code__icontains=wanted.text)
            | Q(live__text__icontains=wanted.text)
        )
    return listed


def _of_pledge(field: str, *, today: date) -> Subquery:
    """Return a field of the pledge that says most about the account's customer."""
    standing = Case(
        When(
            status=PledgeStatus.APPROVED,
            valid_from__lte=today,
            valid_until__gt=today + SOON,
            then=Gap.NONE,
        ),
        When(
            status=PledgeStatus.APPROVED,
            valid_from__lte=today,
            valid_until__gt=today,
            then=Gap.EXPIRING,
        ),
        When(status=PledgeStatus.APPROVED, valid_from__gt=today, then=Gap.NOT_YET),
        When(status=PledgeStatus.SUBMITTED, then=Gap.WAITING),
        When(status=PledgeStatus.REJECTED, then=Gap.REJECTED),
        When(status=PledgeStatus.REVOKED, then=Gap.REVOKED),
        When(status__in=[PledgeStatus.EXPIRED, PledgeStatus.APPROVED], then=Gap.EXPIRED),
        default=Gap.NO_PLEDGE,
        output_field=IntegerField(),
    )
    pledges = Pledge.objects.filter(customer=OuterRef("customer")).annotate(standing=standing)
    telling = pledges.order_by("-standing", F("valid_until").desc(nulls_last=True), "-pk")
    return Subquery(telling.values(field)[:1])


def _gap() -> Case:
    """Return what a row lacks: first of the pledge, then of the signature."""
    return Case(
        When(customer__isnull=False, standing__isnull=True, then=Gap.NO_PLEDGE),
        When(customer__isnull=False, standing__lte=Gap.EXPIRING, then=F("standing")),
        When(Q(live__pk__isnull=True) | ~Q(live__status="APPROVED"), then=Gap.NO_SIGNATURE),
        default=Gap.NONE,
        output_field=IntegerField(),
    )


def _label_of(status: str | None) -> str:
    return str(SignatureStatus(status).label) if status else ""
