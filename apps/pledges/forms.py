"""What reviewers fill in about pledges, and administrators about their wording."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from apps.common import clock, numbers
from apps.common.forms import DayField, LineField, LinesField
from apps.pledges.choices import RejectionReason
from apps.pledges.models import Pledge, PledgeTemplate
from apps.pledges.rules import MAX_WORDING_CHARACTERS
from apps.pledges.services import pledges


class ApprovalForm(BaseDialogForm):
    """From when until before when a pledge holds."""

    valid_from = DayField(label=_("Valid from"))
    valid_until = DayField(
        label=_("Valid until"), help_text=_("The first day on which it no longer holds.")
    )

    def __init__(self, *args: Any, object_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, object_id=object_id, **kwargs)
        pledge = Pledge.objects.select_related("customer").get(
            pk=numbers.row_number(object_id) or 0
        )
        start, end = pledges.default_validity(pledge.customer, clock.local_date(clock.now()))
        self.initial |= {"valid_from": start.isoformat(), "valid_until": end.isoformat()}


class RejectionForm(BaseDialogForm):
    """Why a pledge is refused; the partner reads the reasons with what to do about each."""

    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        choices=RejectionReason.choices,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
    )
    remark = LinesField(
        label=_("Remark"),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextareaWidget({"rows": 2}),
    )


class WordingForm(BaseDialogForm):
    """A version of the wording; a new one begins as the newest."""

    title = LineField(label=_("Title"), max_length=50, widget=UnfoldAdminTextInputWidget())
    wording = LinesField(
        label=_("Wording of the pledge"),
        max_length=MAX_WORDING_CHARACTERS,
        help_text=_(
            "One paragraph a line; ## before a heading, - before one of a list; {customer}, "
            "{partner} and {gateway} stand for the names."
        ),
        widget=UnfoldAdminTextareaWidget({"rows": 30}),
    )

    def __init__(self, *args: Any, object_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, object_id=object_id, **kwargs)
        templates = PledgeTemplate.objects.order_by("-version")
        shown = templates.filter(pk=numbers.row_number(object_id) or 0) if object_id else templates
        if found := shown.first():
            self.initial |= {"title": found.title, "wording": found.wording}
