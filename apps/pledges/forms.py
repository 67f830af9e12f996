"""What reviewers fill in about pledges, and administrators about their wording."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from apps.common import clock, numbers
from apps.common.forms import DayField, LineField, LinesField
from apps.pledges.models import Pledge, PledgeTemplate
from apps.pledges.rules import MAX_WORDING_CHARACTERS
from apps.pledges.services.kinds import default_validity
from apps.reviews import forms as reviews


class ApprovalForm(reviews.ApprovalForm):
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
        start, end = default_validity(pledge.customer, clock.local_date(clock.now()))
        self.initial |= {"valid_from": start.isoformat(), "valid_until": end.isoformat()}


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
