"""Authorisation letters: what waits is the last submission of a letter."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.backoffice.judging.applications import (
    Application,
    Decision,
    Kind,
    Noticed,
    Paper,
    Record,
    Row,
    compared,
    decision_of,
    label_of,
    record_of,
    row_of,
)
from apps.common import clock
from apps.reviews.models import RoundQuerySet
from apps.signatures import queries
from apps.signatures.findings import SOON, FindingCode
from apps.signatures.models import AuthorisationLetter, LetterRound
from apps.signatures.services.kinds import LETTERS

SHOWN_DECISIONS = 6


class Letters(Kind):
    """Letters by which a company lets a partner use its name."""

    review = LETTERS
    label = _("Authorisation letter")
    view_permission = "signatures.view_authorisationletter"
    judge_permission = "signatures.judge_signature"

    searched = (
        "letter__partner__name",
        "letter__grantor_name",
        "letter__grantee_name",
        "order_number",
    )

    read = staticmethod(queries.waiting_letters)

    def row(self, opened: LetterRound) -> Row:
        """Return its line."""
        letter = opened.letter
        return row_of(
            opened,
            self,
            letter.pk,
            title=letter.grantor_name,
            detail=f"→ {letter.grantee_name}",
            partner=letter.partner,
        )

    def seen(self, opened: LetterRound) -> Application:
        """Return it with all that bears on it."""
        letter = opened.letter
        others = LetterRound.objects.exclude(letter=letter).select_related(
            "letter__partner", "judged_by"
        )
        before = list(
            letter.rounds.exclude(pk=opened.pk)
            .select_related("letter__partner", "judged_by")
            .order_by("-pk")
        )
        noticed = tuple(_noticed(opened))
        facts = _facts(opened.particulars)
        return Application(
            row=self.row(opened),
            version=str(opened.pk),
            facts=compared(facts, _facts(before[0].particulars) if before else None),
            papers=_papers(opened, before),
            noticed=noticed,
            earlier=tuple(_decision(each) for each in before),
            record=_record(letter, others),
            similar=_similar(letter, others),
            sameness={
                **dict(facts[:-1]),
                gettext("papers"): opened.sha256,
                gettext("noticed"): sorted({each.code for each in noticed}),
            },
            effect=gettext("It authorises the signatures that it covers until before %(day)s.")
            % {"day": letter.valid_until.isoformat()},
            hands=LETTERS.hands_on(letter),
            address=reverse("admin:signatures_authorisationletter_change", args=[letter.pk]),
            history_address=reverse(
                "admin:signatures_authorisationletter_history", args=[letter.pk]
            ),
        )


KIND = Letters()


def _papers(opened: LetterRound, before: Sequence[LetterRound]) -> tuple[Paper, ...]:
    is_new = bool(before) and before[0].sha256 != opened.sha256
    return (Paper(kind="letters", pk=opened.letter_id, label=gettext("scan"), is_new=is_new),)


def _facts(particulars: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """Return what the letter is said to say, what it covers last."""
    names = ("grantor_name", "grantor_code", "grantee_name", "valid_from", "valid_until")
    covered = (
        (gettext("Every signature"),)
        if particulars.get("covers_all")
        else tuple(f"【{text}】" for text in particulars.get("texts", ()))
    )
    return [
        *(
            (label_of(AuthorisationLetter, name), (str(particulars.get(name, "")),))
            for name in names
        ),
        (gettext("covers"), covered),
    ]


def _noticed(opened: LetterRound) -> list[Noticed]:
    letter = opened.letter
    same = AuthorisationLetter.objects.exclude(pk=letter.pk).select_related("partner")
    found = [
        Noticed(
            code=(
                FindingCode.FILE_REUSED
                if each.partner_id == letter.partner_id
                else FindingCode.FILE_ELSEWHERE
            ),
            text=gettext("The same scan was handed in before: %(letter)s, %(partner)s")
            % {"letter": each, "partner": each.partner.name},
        )
        for each in same.filter(sha256=opened.sha256).order_by("pk")[:SHOWN_DECISIONS]
    ]
    if letter.grantee_name != letter.partner.name:
        found.append(
            Noticed(
                code=FindingCode.NOT_IN_NAME,
                text=gettext("It authorises %(grantee)s, not the partner itself")
                % {"grantee": letter.grantee_name},
            )
        )
    if letter.valid_until <= clock.local_date(clock.now()) + SOON:
        found.append(Noticed(code=FindingCode.ENDS_SOON, text=gettext("It ends within 30 days")))
    return found


def _record(letter: AuthorisationLetter, others: RoundQuerySet) -> Record:
    judged = others.judged().filter(letter__partner=letter.partner_id)
    counts = dict(judged.order_by().values_list("status").annotate(count=Count("pk")))
    return record_of(counts, map(_decision, judged[:SHOWN_DECISIONS]))


def _similar(letter: AuthorisationLetter, others: RoundQuerySet) -> tuple[Decision, ...]:
    """Return what was decided about other letters of the company that authorises."""
    same = Q(letter__grantor_code=letter.grantor_code) | Q(letter__grantor_name=letter.grantor_name)
    return tuple(_decision(each) for each in others.judged().filter(same)[:SHOWN_DECISIONS])


def _decision(judged: LetterRound) -> Decision:
    letter = judged.letter
    return decision_of(judged, KIND, title=str(letter), partner=letter.partner.name)
