"""Every component of the pages in every state, for whoever builds or judges them."""

from datetime import UTC, datetime
from decimal import Decimal

from django import forms
from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from apps.common import tones
from apps.common.files.previews import Document
from apps.common.forms import DayField, LineField, LinesField
from apps.messaging.masking import masked_number


class GalleryForm(forms.Form):
    """A field of each kind."""

    text = LineField(max_length=100, help_text="Help stands below.")
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    day = DayField(widget=forms.DateInput({"type": "date"}))
    several = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    lines = LinesField(max_length=100, widget=forms.Textarea({"rows": 2}))


@staff_member_required(login_url="account_login")
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components."""
    context = {
        "tones": list(tones.Tone),
        "states": tones.declared(),
        "form": GalleryForm(),
        "wrong_form": GalleryForm({}),
        "at": datetime(2026, 3, 1, 1, 30, tzinfo=UTC),
        "amount": Decimal(10000),
        "price": Decimal("0.0450"),
        "segments_count": 200_000,
        "number": masked_number("13800138000"),
        "document": Document(
            title="Document",
            page_urls=(static("readme/partner-home.png"), static("readme/staff-home.png")),
            download_url="#",
        ),
        "unreadable_document": Document(title="Unreadable", page_urls=(), download_url="#"),
        "page": {"newest_url": "?", "older_url": "?before=1"},
    }
    return render(request, "backoffice/gallery.html", context)
