"""Signatures: what waits is a round of a work order; it is claimed and judged as its signature."""

from django.db.models import Count
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
    Requirement,
    Row,
    compared,
    decision_of,
    label_of,
    record_of,
    row_of,
    stated,
)
from apps.common import clock
from apps.signatures import queries
from apps.signatures.choices import ProofType
from apps.signatures.findings import findings_of
from apps.signatures.models import AuthorisationLetter, ProofDocument, Round, Signature
from apps.signatures.particulars import FIELDS
from apps.signatures.rules import papers as rules
from apps.signatures.services.kinds import SIGNATURES

SHOWN_DECISIONS = 6


class Signatures(Kind):
    """Applications for a text that an account may send with."""

    review = SIGNATURES
    label = _("Signature")
    view_permission = "signatures.view_round"
    judge_permission = "signatures.judge_signature"

    searched = (
        "text",
        "order_number",
        "signature__account__code",
        "signature__account__partner__name",
        "signature__account__customer__name",
    )

    read = staticmethod(queries.waiting)

    def row(self, opened: Round) -> Row:
        """Return its line."""
        account = opened.signature.account
        return row_of(
            opened,
            self,
            opened.signature_id,
            title=f"【{opened.text}】",
            detail=f"{account.code} · {account.customer}" if account.customer else account.code,
            partner=account.partner,
        )

    def seen(self, opened: Round) -> Application:
        """Return it with all that bears on it."""
        signature = opened.signature
        proofs = list(opened.proofs.order_by("pk"))
        rounds = [each for each in queries.latest_rounds(signature) if each.pk != opened.pk]
        before = rounds[0] if rounds else None
        noticed = tuple(Noticed(code=each.code, text=str(each)) for each in findings_of(opened))
        return Application(
            row=self.row(opened),
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
            hands=SIGNATURES.hands_on(signature),
            address=reverse("admin:signatures_signature_change", args=[signature.pk]),
            history_address=reverse("admin:signatures_signature_history", args=[signature.pk]),
        )


KIND = Signatures()


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
    partner = judged.signature.account.partner.name
    return decision_of(judged, KIND, title=f"【{judged.text}】", partner=partner, likeness=likeness)


def _record(partner_id: int) -> Record:
    judged = queries.history_of_applicant(partner_id)
    counts = dict(judged.order_by().values_list("status").annotate(count=Count("pk")))
    newest = judged.select_related("judged_by", "signature__account__partner")[:SHOWN_DECISIONS]
    return record_of(counts, map(_decision, newest))


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
