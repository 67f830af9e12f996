"""What the pages of authorisation letters show."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from apps.common.clock import local_date
from apps.portal.signatures.pages.signatures import Ending
from apps.reviews import timing
from apps.reviews.reasons import Reason
from apps.signatures.choices import LETTER_EDITABLE, LetterStatus
from apps.signatures.models import AuthorisationLetter
from apps.signatures.reasons import LETTER_REASONS
from apps.signatures.rules import texts
from apps.signatures.services.kinds import LETTERS
from apps.users.models import User


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownLetter:
    """A letter with what its state means for the reader at a moment."""

    letter: AuthorisationLetter
    at: datetime

    @property
    def pk(self) -> int:
        """The letter's own key, by which lists are paged."""
        return self.letter.pk

    @property
    def ending(self) -> Ending:
        """When it holds no longer."""
        return Ending(on=self.letter.valid_until, today=local_date(self.at))

    @property
    def may_be_edited(self) -> bool:
        """Whether its partner may work on it."""
        return self.letter.status in LETTER_EDITABLE

    @property
    def waits(self) -> bool:
        """Whether it waits to be judged."""
        return self.letter.status == LetterStatus.SUBMITTED

    @property
    def urged_from(self) -> datetime | None:
        """From when on the reviewers may be reminded of it."""
        opened = LETTERS.waiting_round(self.letter)
        return timing.earliest_urge(opened) if opened else None

    @property
    def may_be_urged(self) -> bool:
        """Whether the reviewers may be reminded now."""
        return self.urged_from is not None and self.urged_from <= self.at

    @property
    def is_refused(self) -> bool:
        """Whether it was refused and not handed in since."""
        return self.letter.status == LetterStatus.REJECTED

    @property
    def mends(self) -> list[Reason]:
        """Why it was refused, and what to do about it."""
        return LETTER_REASONS.of(self.letter.reasons)


def newest_letters(user: User, *, text: str, status: str) -> QuerySet[AuthorisationLetter]:
    """Return the person's letters, newest first, each with how many signatures name it."""
    rows = AuthorisationLetter.objects.visible_to(user).annotate(
        signature_count=Count("signatures")
    )
    if text:
        named = Q(grantor_name__icontains=text) | Q(grantee_name__icontains=text)
        rows = rows.filter(named | Q(texts__contains=[texts.normalised(text)]))
    if status:
        rows = rows.filter(status=status)
    return rows.order_by("-pk")
