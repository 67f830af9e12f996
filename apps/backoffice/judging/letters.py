"""Authorisation letters, each judged as it stands; an earlier refusal stands in its history."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.backoffice.judging.applications import (
    Application,
    Decision,
    Kind,
    Noticed,
    Paper,
    Reason,
    Record,
    Row,
    approved_sentence,
    compared,
    label_of,
    rejected_sentence,
)
from apps.common import clock
from apps.signatures import locks, queries
from apps.signatures.choices import LetterStatus
from apps.signatures.findings import SOON, FindingCode
from apps.signatures.models import AuthorisationLetter
from apps.signatures.reasons import REMEDIES, RejectionReason, labels_of
from apps.signatures.services import letter_judgements, letter_steps
from apps.signatures.services.letter_judgements import hands_on
from apps.users.models import User

SHOWN_DECISIONS = 6
_JUDGED = [
    LetterStatus.APPROVED,
    LetterStatus.REJECTED,
    LetterStatus.REVOKED,
    LetterStatus.EXPIRED,
]
# Those of a signature's reasons that a letter can have, the usual ones first.
_REASONS = (
    RejectionReason.LETTER_INVALID,
    RejectionReason.PROOF_UNREADABLE,
    RejectionReason.PROOF_UNSTAMPED,
    RejectionReason.PROOF_EXPIRED,
    RejectionReason.PROOF_ALTERED,
    RejectionReason.NAME_MISMATCH,
    RejectionReason.TEXT_NOT_OWNED,
    RejectionReason.HOLDER_UNSUPPORTED,
    RejectionReason.OTHER,
)


class Letters(Kind):
    """Letters by which a company lets a partner use its name."""

    name = letter_steps.QUEUE
    label = _("Authorisation letter")
    view_permission = "signatures.view_authorisationletter"
    judge_permission = "signatures.judge_signature"
    reasons = tuple(
        Reason(code=each.value, label=each.label, remedy=REMEDIES[each]) for each in _REASONS
    )

    def waiting(self, words: str = "") -> QuerySet[AuthorisationLetter]:
        """Return the letters that wait."""
        found = AuthorisationLetter.objects.waiting().order_by().annotate(subject=F("pk"))
        if not words:
            return found
        return found.filter(
            Q(partner__name__icontains=words)
            | Q(grantor_name__icontains=words)
            | Q(grantee_name__icontains=words)
            | Q(order_number__icontains=words)
        )

    def rows(self, subjects: Collection[int]) -> list[Row]:
        """Return the lines of these letters."""
        return [_row(each) for each in queries.waiting_letters().filter(pk__in=subjects)]

    def application(self, subject: int) -> Application | None:
        """Return a letter that waits, with all that bears on it."""
        letter = queries.waiting_letters().filter(pk=subject).first()
        return _application(letter) if letter else None

    def outcome(self, subject: int) -> str | None:
        """Say how the letter stands."""
        found = AuthorisationLetter.objects.filter(pk=subject).first()
        return f"{found} · {found.get_status_display()}" if found else None

    def lock(self, subject: int) -> str | None:
        """Lock the letter."""
        letter = locks.letter(subject)
        return _version(letter) if letter.status == LetterStatus.SUBMITTED else None

    def approve(self, subject: int, *, by: Actor, at: datetime) -> str:
        """Approve the letter."""
        return approved_sentence(str(letter_judgements.approve(letter_id=subject, by=by, at=at)))

    def reject(
        self, subject: int, *, reasons: Sequence[str], remark: str, by: Actor, at: datetime
    ) -> str:
        """Refuse the letter."""
        refused = letter_judgements.reject(
            letter_id=subject, reasons=reasons, remark=remark, by=by, at=at
        )
        return rejected_sentence(str(refused))


def _version(letter: AuthorisationLetter) -> str:
    """Name a submission: a letter has no rounds, and is handed in once at a moment."""
    return letter.submitted_at.isoformat() if letter.submitted_at else ""


def _row(letter: AuthorisationLetter) -> Row:
    assert letter.submitted_at  # noqa: S101 - a constraint sees to both
    assert letter.due_at  # noqa: S101
    return Row(
        kind=Letters.name,
        subject=letter.pk,
        title=letter.grantor_name,
        detail=f"→ {letter.grantee_name}",
        partner_id=letter.partner_id,
        partner=letter.partner.name,
        order_number=letter.order_number,
        submitted_at=letter.submitted_at,
        submitted_by=letter.submitted_by.display_name if letter.submitted_by else "",
        due_at=letter.due_at,
    )


def _application(letter: AuthorisationLetter) -> Application:
    others = AuthorisationLetter.objects.exclude(pk=letter.pk).select_related(
        "partner", "judged_by"
    )
    noticed = tuple(_noticed(letter, others))
    facts = _facts(letter)
    return Application(
        row=_row(letter),
        version=_version(letter),
        facts=compared(facts, None),
        papers=(Paper(kind="letters", pk=letter.pk, label=gettext("scan")),),
        noticed=noticed,
        earlier=_earlier(letter),
        record=_record(letter, others),
        similar=_similar(letter, others),
        sameness={
            **dict(facts[:-1]),
            gettext("papers"): letter.sha256,
            gettext("noticed"): sorted({each.code for each in noticed}),
        },
        effect=gettext("It authorises the signatures that it covers until before %(day)s.")
        % {"day": letter.valid_until.isoformat()},
        hands=hands_on(letter),
        address=reverse("admin:signatures_authorisationletter_change", args=[letter.pk]),
        history_address=reverse("admin:signatures_authorisationletter_history", args=[letter.pk]),
    )


def _facts(letter: AuthorisationLetter) -> list[tuple[str, tuple[str, ...]]]:
    """Return what the letter is said to say, what it covers last."""
    names = ("grantor_name", "grantor_code", "grantee_name", "valid_from", "valid_until")
    covered = (
        (gettext("Every signature"),)
        if letter.covers_all
        else tuple(f"【{text}】" for text in letter.texts)
    )
    return [
        *(
            (
                label_of(AuthorisationLetter, name),
                (str(getattr(letter, name)),),
            )
            for name in names
        ),
        (gettext("covers"), covered),
    ]


def _noticed(letter: AuthorisationLetter, others: QuerySet[AuthorisationLetter]) -> list[Noticed]:
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
        for each in others.filter(sha256=letter.sha256).order_by("pk")[:SHOWN_DECISIONS]
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


def _earlier(letter: AuthorisationLetter) -> tuple[Decision, ...]:
    """Return how the letter itself was refused before, from its history."""
    rows = AuthorisationLetter.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id=letter.pk, status=LetterStatus.REJECTED
    )
    refused = {row.judged_at: row for row in rows.order_by("pgh_id")}
    judges = User.objects.in_bulk({row.judged_by_id for row in refused.values()})
    return tuple(
        Decision(
            title=str(letter),
            partner=letter.partner.name,
            status=row.status,
            status_label=str(LetterStatus(row.status).label),
            at=row.judged_at,
            by=judges[row.judged_by_id].display_name if row.judged_by_id in judges else "",
            reasons=tuple(labels_of(row.reasons)),
            remark=row.remark,
        )
        for row in reversed(refused.values())
    )


def _record(letter: AuthorisationLetter, others: QuerySet[AuthorisationLetter]) -> Record:
    judged = others.filter(partner=letter.partner_id, status__in=_JUDGED)
    counts = dict(judged.order_by().values_list("status").annotate(count=Count("pk")))
    rejected_count = counts.get(LetterStatus.REJECTED, 0)
    return Record(
        approved_count=sum(counts.values()) - rejected_count,
        rejected_count=rejected_count,
        newest=tuple(_decision(each) for each in judged.order_by("-judged_at", "-pk")[:6]),
    )


def _similar(
    letter: AuthorisationLetter, others: QuerySet[AuthorisationLetter]
) -> tuple[Decision, ...]:
    """Return what was decided about other letters of the company that authorises."""
    same = Q(grantor_code=letter.grantor_code) | Q(grantor_name=letter.grantor_name)
    judged = others.filter(same, status__in=_JUDGED).order_by("-judged_at", "-pk")
    return tuple(_decision(each) for each in judged[:SHOWN_DECISIONS])


def _decision(judged: AuthorisationLetter) -> Decision:
    return Decision(
        title=str(judged),
        partner=judged.partner.name,
        status=judged.status,
        status_label=judged.get_status_display(),
        at=judged.judged_at,
        by=judged.judged_by.display_name if judged.judged_by else "",
        reasons=tuple(judged.reason_labels),
        remark=judged.remark,
    )
