"""What reviewers fill in on the page of an application."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminTextareaWidget,
)

from apps.common import numbers
from apps.common.forms import LineField, LinesField
from apps.reviews.kinds import Kind


class ApprovalForm(BaseDialogForm):
    """Nothing to fill in; the form says which round was looked at."""

    kind: ClassVar[Kind[Any, Any]]

    version = LineField(required=False, max_length=20, widget=forms.HiddenInput())

    def __init__(self, *args: Any, object_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, object_id=object_id, **kwargs)
        subject = self.kind.model.objects.filter(pk=numbers.row_number(object_id) or 0).first()
        opened = self.kind.waiting_round(subject) if subject else None
        self.initial["version"] = str(opened.pk) if opened else ""


class RejectionForm(ApprovalForm):
    """Why an application is refused: reasons that partners' software understands, and a remark."""

    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), widget=UnfoldAdminCheckboxSelectMultipleWidget()
    )
    remark = LinesField(
        label=_("Remark"),
        required=False,
        max_length=200,
        help_text=_("The partner reads it together with what to do about the reasons."),
        widget=UnfoldAdminTextareaWidget({"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = [
            (reason.code, reason.label) for reason in self.kind.reasons.offered
        ]
