"""Security pledges: what waits is the last submission of a pledge."""

from collections.abc import Mapping, Sequence
from typing import Any

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
    stated,
)
from apps.common import clock
from apps.partners.models import Customer
from apps.pledges import queries
from apps.pledges.choices import TemplateStatus
from apps.pledges.models import Pledge, PledgeRound, PledgeTemplate
from apps.pledges.services import printing
from apps.pledges.services.kinds import PLEDGES, default_validity


class Pledges(Kind):
    """Pledges of partners' customers, signed and stamped."""

    review = PLEDGES
    label = _("Security pledge")
    view_permission = "pledges.view_pledge"
    judge_permission = "pledges.judge_pledge"

    searched = (
        "pledge__customer__partner__name",
        "pledge__customer__name",
        "order_number",
    )

    read = staticmethod(queries.waiting)

    def row(self, opened: PledgeRound) -> Row:
        """Return its line."""
        customer = opened.pledge.customer
        return row_of(
            opened,
            self,
            opened.pledge_id,
            title=customer.name,
            detail=customer.get_industry_display(),
            partner=customer.partner,
        )

    def seen(self, opened: PledgeRound) -> Application:
        """Return it with all that bears on it."""
        pledge = opened.pledge
        rounds = list(
            pledge.rounds.exclude(pk=opened.pk)
            .select_related("judged_by", "pledge__customer__partner")
            .order_by("-number")
        )
        similar = queries.similar_decisions(pledge)
        noticed = tuple(_noticed(pledge, similar))
        facts = _facts(opened.particulars)
        return Application(
            row=self.row(opened),
            version=str(opened.pk),
            facts=compared(facts, _facts(rounds[0].particulars) if rounds else None),
            papers=_papers(pledge, opened, rounds),
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
                gettext("papers"): opened.sha256,
                gettext("noticed"): sorted({each.code for each in noticed}),
            },
            effect=_effect(pledge),
            hands=PLEDGES.hands_on(pledge),
            address=reverse("admin:pledges_pledge_change", args=[pledge.pk]),
            history_address=reverse("admin:pledges_pledge_history", args=[pledge.pk]),
        )


KIND = Pledges()


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
    pledge: Pledge, opened: PledgeRound, rounds: Sequence[PledgeRound]
) -> tuple[Paper, ...]:
    is_new = bool(rounds) and rounds[0].sha256 != opened.sha256
    signed = Paper(kind="pledge-copies", pk=opened.pk, label=gettext("signed copy"), is_new=is_new)
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
    return record_of(history.counts, map(_decision, history.newest))


def _decision(judged: PledgeRound, *, likeness: int | None = None, note: str = "") -> Decision:
    customer = judged.pledge.customer
    partner = customer.partner.name
    return decision_of(
        judged, KIND, title=customer.name, partner=partner, likeness=likeness, note=note
    )


def _effect(pledge: Pledge) -> str:
    today = clock.local_date(clock.now())
    start, end = default_validity(pledge.customer, today)
    values = {"customer": pledge.customer, "start": start.isoformat(), "end": end.isoformat()}
    return (
        gettext("The accounts of %(customer)s may send from %(start)s until before %(end)s.")
        % values
    )
