"""Signatures: what waits is a round of a work order; it is claimed and judged as its signature."""

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
    Requirement,
    Row,
    approved_sentence,
    compared,
    label_of,
    rejected_sentence,
    stated,
)
from apps.common import clock
from apps.signatures import locks, queries
from apps.signatures.choices import ProofType, RoundStatus
from apps.signatures.findings import findings_of
from apps.signatures.models import AuthorisationLetter, ProofDocument, Round, Signature
from apps.signatures.particulars import FIELDS
from apps.signatures.reasons import REMEDIES, RejectionReason
from apps.signatures.rules import papers as rules
from apps.signatures.services import signatures, steps
from apps.signatures.services.steps import hands_on

SHOWN_DECISIONS = 6
_JUDGED = [RoundStatus.APPROVED, RoundStatus.REJECTED]


class Signatures(Kind):
    """Applications for a text that an account may send with."""

    name = steps.QUEUE
    label = _("Signature")
    view_permission = "signatures.view_round"
    judge_permission = "signatures.judge_signature"
    reasons = tuple(
        Reason(code=each.value, label=each.label, remedy=REMEDIES[each]) for each in RejectionReason
    )

    def waiting(self, words: str = "") -> QuerySet[Round]:
        """Return the rounds that wait."""
        found = Round.objects.waiting().order_by().annotate(subject=F("signature"))
        if not words:
            return found
        return found.filter(
            Q(text__icontains=words)
            | Q(order_number__icontains=words)
            | Q(signature__account__code__icontains=words)
            | Q(signature__account__partner__name__icontains=words)
            | Q(signature__account__customer__name__icontains=words)
        )

    def rows(self, subjects: Collection[int]) -> list[Row]:
        """Return the lines of these signatures."""
        return [_row(each) for each in queries.waiting().filter(signature__in=subjects)]

    def application(self, subject: int) -> Application | None:
        """Return the round that waits, with all that bears on it."""
        opened = queries.waiting().filter(signature=subject).first()
        return _application(opened) if opened else None

    def outcome(self, subject: int) -> str | None:
        """Say how the signature stands."""
        found = Signature.objects.filter(pk=subject).select_related("judged_by").first()
        return f"{found} · {found.get_status_display()}" if found else None

    def lock(self, subject: int) -> str | None:
        """Lock letter, account and signature."""
        signature = locks.signature_with_letter(subject)
        opened = signature.rounds.waiting().first()
        return str(opened.pk) if opened else None

    def approve(self, subject: int, *, by: Actor, at: datetime) -> str:
        """Approve the round that waits."""
        return approved_sentence(str(signatures.approve(signature_id=subject, by=by, at=at)))

    def reject(
        self, subject: int, *, reasons: Sequence[str], remark: str, by: Actor, at: datetime
    ) -> str:
        """Refuse the round that waits."""
        refused = signatures.reject(
            signature_id=subject, reasons=reasons, remark=remark, by=by, at=at
        )
        return rejected_sentence(str(refused))


def _row(opened: Round) -> Row:
    account = opened.signature.account
    return Row(
        kind=Signatures.name,
        subject=opened.signature_id,
        title=f"【{opened.text}】",
        detail=f"{account.code} · {account.customer}" if account.customer else account.code,
        partner_id=account.partner_id,
        partner=account.partner.name,
        order_number=opened.order_number,
        attempt=opened.number,
        is_renewal=opened.is_renewal,
        submitted_at=opened.submitted_at,
        submitted_by=opened.submitted_by.display_name if opened.submitted_by else "",
        due_at=opened.due_at,
        urge_count=opened.urge_count,
    )


def _application(opened: Round) -> Application:
    signature = opened.signature
    proofs = list(opened.proofs.order_by("pk"))
    rounds = [each for each in queries.latest_rounds(signature) if each.pk != opened.pk]
    before = rounds[0] if rounds else None
    noticed = tuple(Noticed(code=each.code, text=str(each)) for each in findings_of(opened))
    return Application(
        row=_row(opened),
        version=str(opened.pk),
        facts=compared(_facts(opened), _facts(before) if before else None),
        papers=_papers(opened, proofs, before),
        requirements=_requirements(opened, proofs),
        noticed=noticed,
        earlier=tuple(_decision(each) for each in rounds),
        record=_record(signature.account.partner_id),
        similar=tuple(
            _decision(each.round, likeness=each.likeness)
            for each in queries.similar_decisions(opened.text, apart_from=[signature.pk])
        )[:SHOWN_DECISIONS],
        sameness=_sameness(opened, proofs, noticed),
        effect=_effect(opened),
        hands=hands_on(signature),
        address=reverse("admin:signatures_signature_change", args=[signature.pk]),
        history_address=reverse("admin:signatures_signature_history", args=[signature.pk]),
    )


def _facts(opened: Round) -> list[tuple[str, tuple[str, ...]]]:
    """Return what the round states, by the names of the form's fields."""
    letter = opened.letter
    return [
        (gettext("signature"), (f"【{opened.text}】",)),
        (gettext("is the name of"), (opened.get_source_display(),)),
        (gettext("use"), (opened.get_use_display(),)),
        *(
            (
                label_of(Signature, name),
                stated(opened.particulars.get(name)),
            )
            for name in FIELDS
        ),
        (
            gettext("authorisation letter"),
            (f"{letter} · {letter.get_status_display()}",) if letter else (),
        ),
    ]


def _papers(opened: Round, proofs: list[ProofDocument], before: Round | None) -> tuple[Paper, ...]:
    known = set(before.proofs.values_list("pk", flat=True)) if before else set()
    found = [
        Paper(
            kind="proofs",
            pk=proof.pk,
            label=proof.get_type_display(),
            valid_until=proof.valid_until,
            is_new=before is not None and proof.pk not in known,
        )
        for proof in proofs
    ]
    letter = opened.letter
    if letter is not None and letter.file:
        found.append(
            Paper(
                kind="letters",
                pk=letter.pk,
                label=gettext("authorisation letter"),
                valid_until=letter.valid_until,
            )
        )
    return tuple(found)


def _requirements(opened: Round, proofs: list[ProofDocument]) -> tuple[Requirement, ...]:
    today = clock.local_date(clock.now())
    groups = queries.musts_of(opened, queries.policy())
    missing = rules.missing(groups, queries.papers_of(proofs, opened.letter), today)
    return tuple(
        Requirement(label=_name_of(group), is_met=group not in missing) for group in groups
    )


def _name_of(group: rules.Group) -> str:
    if rules.LETTER in group:
        return str(AuthorisationLetter._meta.verbose_name)
    return " / ".join(str(each.label) for each in ProofType if each.value in group)


def _decision(judged: Round, *, likeness: int | None = None) -> Decision:
    return Decision(
        title=f"【{judged.text}】",
        partner=judged.signature.account.partner.name,
        status=judged.status,
        status_label=judged.get_status_display(),
        at=judged.judged_at,
        by=judged.judged_by.display_name if judged.judged_by else "",
        reasons=tuple(judged.reason_labels),
        remark=judged.remark,
        likeness=likeness,
    )


def _record(partner_id: int) -> Record:
    judged = queries.history_of_applicant(partner_id).select_related("signature__account__partner")
    counts = dict(
        judged.filter(status__in=_JUDGED)
        .order_by()
        .values_list("status")
        .annotate(count=Count("pk"))
    )
    return Record(
        approved_count=counts.get(RoundStatus.APPROVED, 0),
        rejected_count=counts.get(RoundStatus.REJECTED, 0),
        newest=tuple(
            _decision(each)
            for each in judged.select_related("judged_by", "signature__account__partner")[
                :SHOWN_DECISIONS
            ]
        ),
    )


def _sameness(
    opened: Round, proofs: list[ProofDocument], noticed: tuple[Noticed, ...]
) -> dict[str, object]:
    """Return all that is judged but the text and the account."""
    return {
        **dict(_facts(opened)[1:]),
        gettext("renewal"): opened.is_renewal,
        gettext("papers"): sorted(
            (proof.type, str(proof.valid_until), proof.sha256) for proof in proofs
        ),
        gettext("noticed"): sorted({each.code for each in noticed}),
    }


def _effect(opened: Round) -> str:
    values = {"account": opened.signature.account.code, "text": opened.text}
    if opened.is_renewal:
        return (
            gettext(
                "The new papers take the place of the old ones; %(account)s keeps 【%(text)s】."
            )
            % values
        )
    return gettext("%(account)s may send with 【%(text)s】 at once.") % values
