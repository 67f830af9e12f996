"""Security pledges: what waits is the last submission of a pledge."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

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
    stated,
)
from apps.common import clock
from apps.partners.models import Customer
from apps.pledges import locks, queries
from apps.pledges.choices import REMEDIES, PledgeStatus, RejectionReason, TemplateStatus
from apps.pledges.models import Pledge, PledgeRound, PledgeTemplate
from apps.pledges.services import pledges, printing, steps
from apps.pledges.services.pledges import hands_on


class Pledges(Kind):
    """Pledges of partners' customers, signed and stamped."""

    name = steps.QUEUE
    label = _("Security pledge")
    view_permission = "pledges.view_pledge"
    judge_permission = "pledges.judge_pledge"
    reasons = tuple(
        Reason(code=each.value, label=each.label, remedy=REMEDIES[each]) for each in RejectionReason
    )

    def waiting(self, words: str = "") -> QuerySet[Pledge]:
        """Return the pledges that wait."""
        found = Pledge.objects.waiting().order_by().annotate(subject=F("pk"))
        if not words:
            return found
        return found.filter(
            Q(customer__partner__name__icontains=words)
            | Q(customer__name__icontains=words)
            | Q(number__icontains=words)
        )

    def rows(self, subjects: Collection[int]) -> list[Row]:
        """Return the lines of these pledges."""
        found = queries.waiting().filter(pk__in=subjects).annotate(attempts=Count("rounds"))
        return [_row(each, attempt=each.attempts) for each in found]

    def application(self, subject: int) -> Application | None:
        """Return a pledge that waits, with all that bears on it."""
        pledge = queries.waiting().filter(pk=subject).first()
        return _application(pledge) if pledge else None

    def outcome(self, subject: int) -> str | None:
        """Say how the pledge stands."""
        found = Pledge.objects.filter(pk=subject).select_related("customer").first()
        return f"{found} · {found.get_status_display()}" if found else None

    def lock(self, subject: int) -> str | None:
        """Lock the pledge."""
        pledge = locks.pledge(subject)
        waits = pledge.status == PledgeStatus.SUBMITTED
        return str(locks.waiting_round(pledge).pk) if waits else None

    def approve(self, subject: int, *, by: Actor, at: datetime) -> str:
        """Approve the pledge for its usual time."""
        approved = pledges.approve(pledge_id=subject, by=by, at=at)
        return approved_sentence(_title(approved))

    def reject(
        self, subject: int, *, reasons: Sequence[str], remark: str, by: Actor, at: datetime
    ) -> str:
        """Refuse the pledge."""
        codes = [RejectionReason(code) for code in reasons]
        refused = pledges.reject(pledge_id=subject, reasons=codes, remark=remark, by=by, at=at)
        return rejected_sentence(_title(refused))


def _title(pledge: Pledge) -> str:
    return pledge.customer.name


def _row(pledge: Pledge, *, attempt: int) -> Row:
    assert pledge.submitted_at  # noqa: S101 - constraints see to both
    assert pledge.due_at  # noqa: S101
    return Row(
        kind=Pledges.name,
        subject=pledge.pk,
        title=_title(pledge),
        detail=pledge.customer.get_industry_display(),
        partner_id=pledge.customer.partner_id,
        partner=pledge.customer.partner.name,
        order_number=pledge.number,
        attempt=attempt,
        is_renewal=pledge.renews_id is not None,
        submitted_at=pledge.submitted_at,
        submitted_by=pledge.submitted_by.display_name if pledge.submitted_by else "",
        due_at=pledge.due_at,
        urge_count=1 if pledge.urged_at else 0,  # how often is not kept, only when last
    )


def _application(pledge: Pledge) -> Application:
    handed_in = list(
        pledge.rounds.select_related("decided_by", "pledge__customer__partner").order_by("-number")
    )
    current, rounds = handed_in[0], handed_in[1:]
    similar = queries.similar_decisions(pledge)
    noticed = tuple(_noticed(pledge, similar))
    facts = _facts(current.particulars)
    return Application(
        row=_row(pledge, attempt=current.number),
        version=str(current.pk),
        facts=compared(facts, _facts(rounds[0].particulars) if rounds else None),
        papers=_papers(pledge, current, rounds),
        noticed=noticed,
        earlier=tuple(_decision(each) for each in rounds),
        record=_record(pledge),
        similar=tuple(
            _decision(
                each.round,
                likeness=each.likeness,
                note=gettext("the same scan") if each.is_same_file else "",
            )
            for each in similar
        ),
        sameness={
            **dict(facts),
            gettext("papers"): current.sha256,
            gettext("noticed"): sorted({each.code for each in noticed}),
        },
        effect=_effect(pledge),
        hands=hands_on(pledge),
        address=reverse("admin:pledges_pledge_change", args=[pledge.pk]),
        history_address=reverse("admin:pledges_pledge_history", args=[pledge.pk]),
    )


def _facts(particulars: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """Return what the printed form says, by the names of the fields it was filled from."""
    industries = dict(Customer._meta.get_field("industry").flatchoices)
    found = []
    for model, names in ((Customer, printing.OF_CUSTOMER), (Pledge, printing.OF_PLEDGE)):
        for name in names:
            value = particulars.get(name)
            shown = industries.get(value, value) if name == "industry" else value
            found.append((label_of(model, name), stated(shown)))
    return found


def _papers(
    pledge: Pledge, current: PledgeRound, rounds: Sequence[PledgeRound]
) -> tuple[Paper, ...]:
    is_new = bool(rounds) and rounds[0].sha256 != current.sha256
    signed = Paper(kind="pledge-copies", pk=current.pk, label=gettext("signed copy"), is_new=is_new)
    if not pledge.form:
        return (signed,)
    return signed, Paper(kind="pledge-forms", pk=pledge.pk, label=gettext("printed form"))


def _noticed(pledge: Pledge, similar: Sequence[queries.SimilarDecision]) -> list[Noticed]:
    found = [
        Noticed(
            code="FILE_ELSEWHERE",
            text=gettext("The same scan was handed in for %(customer)s, %(partner)s")
            % {
                "customer": each.round.pledge.customer,
                "partner": each.round.pledge.customer.partner.name,
            },
        )
        for each in similar
        if each.is_same_file
    ]
    found.extend(_outdated(pledge))
    return found


def _outdated(pledge: Pledge) -> list[Noticed]:
    """Tell what has changed since the form was printed."""
    customer, found = pledge.customer, []
    changed = [
        label_of(Customer, name)
        for name in printing.OF_CUSTOMER
        if name in pledge.particulars and pledge.particulars[name] != getattr(customer, name)
    ]
    if changed:
        found.append(
            Noticed(
                code="CUSTOMER_CHANGED",
                text=gettext("Changed with the customer since it was printed: %(names)s")
                % {"names": "、".join(changed)},
            )
        )
    published = PledgeTemplate.objects.filter(status=TemplateStatus.PUBLISHED)
    newest = published.order_by("-version").first()
    if pledge.template and newest and pledge.template.version < newest.version:
        found.append(
            Noticed(
                code="OLD_WORDING",
                text=gettext(
                    "Printed from version %(version)s of the wording; %(newest)s is newest"
                )
                % {"version": pledge.template.version, "newest": newest.version},
            )
        )
    return found


def _record(pledge: Pledge) -> Record:
    history = queries.history_of_applicant(pledge.customer.partner)
    return Record(
        approved_count=history.approved_count,
        rejected_count=history.rejected_count,
        newest=tuple(_decision(each) for each in history.newest),
    )


def _decision(judged: PledgeRound, *, likeness: int | None = None, note: str = "") -> Decision:
    customer = judged.pledge.customer
    return Decision(
        title=customer.name,
        partner=customer.partner.name,
        status=judged.status,
        status_label=judged.get_status_display(),
        at=judged.decided_at,
        by=judged.decided_by.display_name if judged.decided_by else "",
        reasons=tuple(str(RejectionReason(code).label) for code in judged.reasons),
        remark=judged.remark,
        likeness=likeness,
        note=note,
    )


def _effect(pledge: Pledge) -> str:
    today = clock.local_date(clock.now())
    start, end = pledges.default_validity(pledge.customer, today)
    values = {"customer": pledge.customer, "start": start.isoformat(), "end": end.isoformat()}
    return (
        gettext("The accounts of %(customer)s may send from %(start)s until before %(end)s.")
        % values
    )
