"""What reviewers fill in: what they want to see of the queue, and why they refuse."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.backoffice.judging.applications import Kind
from apps.backoffice.judging.kinds import KINDS
from apps.backoffice.judging.queue import ALL, FREE, MINE, Filters
from apps.common.forms import LineField


class FilterForm(forms.Form):
    """Part of the queue; it stands in the address, so that it can be kept and passed on."""

    kind = forms.ChoiceField(required=False, choices=[(name, name) for name in KINDS])
    whose = forms.ChoiceField(required=False, choices=[(MINE, MINE), (FREE, FREE)])
    overdue = forms.BooleanField(required=False)
    words = LineField(required=False, max_length=100)

    def filters(self) -> Filters:
        """Return what was asked for; all of the queue where it makes no sense."""
        if not self.is_valid():
            return ALL
        found = self.cleaned_data
        return Filters(
            kind=found["kind"],
            whose=found["whose"],
            is_overdue=found["overdue"],
            words=found["words"],
        )


class RejectionForm(forms.Form):
    """Why an application is refused, with the reasons of its kind."""

    reasons = forms.MultipleChoiceField(label=_("Reasons"))
    remark = LineField(label=_("Remark"), required=False, max_length=200)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = [  # type: ignore[attr-defined]
            (reason.code, reason.label) for reason in kind.reasons
        ]
