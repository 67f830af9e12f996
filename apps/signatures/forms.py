"""What staff fill in about signatures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from apps.common.forms import DayField, LineField, LinesField
from apps.signatures.choices import RegisteringOperator, RegistrationStatus
from apps.signatures.models import OperatorRegistration, SignaturePolicy
from apps.signatures.rules import texts


class RegistrationForm(BaseDialogForm):
    """What was filed with an operator, or answered by it."""

    operator = forms.ChoiceField(
        label=_("Operator"),
        choices=RegisteringOperator.choices,
        widget=UnfoldAdminSelectWidget(),
    )
    status = forms.ChoiceField(
        label=_("It is now"), choices=RegistrationStatus.choices, widget=UnfoldAdminSelectWidget()
    )
    on = DayField(label=_("On the day"))
    extension = LineField(
        label=_("Extension"),
        required=False,
        max_length=20,
        help_text=OperatorRegistration._meta.get_field("extension").help_text,
        widget=UnfoldAdminTextInputWidget(),
    )
    remark = LinesField(
        label=_("Remark"),
        required=False,
        max_length=200,
        widget=UnfoldAdminTextareaWidget({"rows": 3}),
    )


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """The rules of signatures; the words stand one a line."""

    generic_words = LinesField(
        label=SignaturePolicy._meta.get_field("generic_words").verbose_name,
        help_text=SignaturePolicy._meta.get_field("generic_words").help_text,
        required=False,
        max_length=20_000,
        widget=UnfoldAdminTextareaWidget({"rows": 10}),
    )
    required_operators = forms.MultipleChoiceField(
        label=SignaturePolicy._meta.get_field("required_operators").verbose_name,
        help_text=SignaturePolicy._meta.get_field("required_operators").help_text,
        required=False,
        choices=RegisteringOperator.choices,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
    )

    class Meta:
        model = SignaturePolicy
        fields = (
            "min_characters",
            "max_characters",
            "generic_words",
            "is_real_name_required",
            "required_operators",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["generic_words"] = "\n".join(self.instance.generic_words)

    def clean_generic_words(self) -> list[str]:
        """Read the words, each as a signature would be kept."""
        lines = self.cleaned_data["generic_words"].splitlines()
        words = dict.fromkeys(texts.normalised(line) for line in lines)
        return [word[: texts.MAX_CHARACTERS] for word in words if word]
