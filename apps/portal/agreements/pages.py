"""What the pages of agreements show: the term, the renewals, what the digital signature says."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from apps.agreements.choices import COPY_TAKEN_IN, AgreementStatus, Side
from apps.agreements.models import Agreement, IssuedDocument
from apps.agreements.rules import WARNING_DAYS
from apps.common.clock import local_date
from apps.common.documents import signing
from apps.common.documents.signing import Verification
from apps.common.money import capitals
from apps.portal.terms import Term
from apps.users.models import User

SOON = timedelta(days=max(WARNING_DAYS))


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownAgreement:
    """An agreement with what its state means for the reader at a moment."""

    agreement: Agreement
    at: datetime

    @property
    def pk(self) -> int:
        """The agreement's own key, by which lists are paged."""
        return self.agreement.pk

    @property
    def term(self) -> Term:
        """The days on which it holds."""
        return Term(
            begins=self.agreement.starts_on,
            ends=self.agreement.ends_on,
            today=local_date(self.at),
            soon=SOON,
        )

    @property
    def holds(self) -> bool:
        """Whether the partner may send by it today."""
        return self.agreement.status == AgreementStatus.ACTIVE and self.term.is_running

    @property
    def ends_soon(self) -> bool:
        """Whether it holds, and its end is warned of."""
        return self.holds and self.term.is_soon

    @property
    def takes_copy(self) -> bool:
        """Whether the partner may add the paper that it signed."""
        return self.agreement.status in COPY_TAKEN_IN[Side.PARTNER]

    @property
    def needs_partner(self) -> bool:
        """Whether it is the partner's turn."""
        return self.agreement.status == AgreementStatus.ISSUED

    @property
    def first_amount_capitals(self) -> str:
        """The first recharge in Chinese capitals, as the paper has it."""
        amount = self.agreement.first_recharge_amount_yuan
        return "" if amount is None else capitals(amount)


def newest_agreements(user: User) -> QuerySet[Agreement]:
    """Return what was issued to the person's partner, the newest first."""
    return Agreement.objects.visible_to(user).select_related("renews", "document").order_by("-pk")


def chain_of(agreement: Agreement, user: User) -> list[Agreement]:
    """Return the agreement with those that it renews and that renew it, the first one first."""
    known = {each.pk: each for each in Agreement.objects.visible_to(user).order_by("pk")}
    first = agreement.pk
    while (earlier := known[first].renews_id) in known:
        first = earlier
    return _from(first, known.values())


def _from(first: int, known: Iterable[Agreement]) -> list[Agreement]:
    chain = {first}
    ordered = sorted(known, key=lambda each: (each.starts_on, each.pk))
    for each in ordered:  # A renewal starts after what it renews.
        if each.renews_id in chain:
            chain.add(each.pk)
    return [each for each in ordered if each.pk in chain]


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What a look at the kept file says: its digital signature, and its digest.

    Attributes:
        is_same: the file is byte for byte what was issued.
        signature: what the digital signature says of it.
    """

    is_same: bool
    signature: Verification

    @property
    def is_good(self) -> bool:
        """Whether both say that nothing was changed."""
        return self.is_same and self.signature.is_intact


def checked(document: IssuedDocument) -> Checked:
    """Read the file of a document and check it; a file that is lost is not the same."""
    try:
        with document.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        content = b""
    return Checked(
        is_same=hashlib.sha256(content).hexdigest() == document.sha256,
        signature=signing.verify(content),
    )
