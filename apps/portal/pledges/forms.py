"""What the form of a pledge asks for besides the customer's particulars."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LinesField
from apps.pledges.models import Pledge
from apps.pledges.rules import MAX_SAMPLE_CHARACTERS, MAX_SAMPLES


class PledgeForm(forms.Form):
    """Who receives messages, how they agreed, and samples; blanks may stay until it is printed."""

    audience = LinesField(
        label=_("Audience of the messages"),
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Who receives them, such as members of the shop or patients with a booking."),
    )
    consent = LinesField(
        label=_("How consent is had"),
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Where and how they agreed to receive messages; kept so that it can be shown."),
    )
    samples = LinesField(
        label=_("Sample messages"),
        required=False,
        max_length=MAX_SAMPLES * (MAX_SAMPLE_CHARACTERS + 2),
        widget=forms.Textarea({"rows": 5}),
        help_text=_("One to five messages as the customer will send them, one a line."),
    )

    def __init__(self, *args: Any, kept: Pledge, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "audience": kept.audience,
            "consent": kept.consent,
            "samples": "\n".join(kept.samples),
        }
        super().__init__(*args, **kwargs)
        self.kept = kept

    def clean_samples(self) -> list[str]:
        """Read one message a line."""
        lines = (line.strip() for line in self.cleaned_data["samples"].splitlines())
        return [line for line in lines if line]

    @property
    def says_something_new(self) -> bool:
        """Whether a valid form differs from what is kept: only then is the paper printed anew."""
        return any(getattr(self.kept, name) != value for name, value in self.cleaned_data.items())
