"""What staff fill in: the blanks of an agreement, a signed copy, a clause of the wording."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminFileFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from apps.agreements.choices import ClauseKind, RefundRule, Side
from apps.agreements.models import Agreement, AgreementTemplate, TemplateClause
from apps.agreements.services.drafts import FIELDS, Terms
from apps.common import clock
from apps.common.forms import DayField, LineField, LinesField, WholeNumberField
from apps.partners.models import Partner
from apps.rates.choices import NetworkClass
from apps.rates.drafting import MAX_SEGMENTS
from apps.rates.models import RateTable
from apps.rates.queries import standards

MAX_CHARACTERS = 500  # in one message, so in one segment


def _count(label: Any, *, most: int) -> forms.IntegerField:
    return WholeNumberField(
        label=label,
        min_value=1,
        max_value=most,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget(),
    )


def _yuan(label: Any, *, places: int, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=12 if places == 2 else 8,
        decimal_places=places,
        widget=UnfoldAdminDecimalFieldWidget({"step": f"{10**-places:f}"}),
        help_text=help_text,
    )


class TermsForm(BaseDialogForm):
    """The blanks, in the order of the paper. What is left empty is asked for on issue."""

    starts_on = DayField(label=_("Starts on"))
    ends_on = DayField(
        label=_("Ends on"),
        required=False,
        help_text=_("The first day on which it no longer holds; empty for an open end."),
    )
    signature_text = LineField(
        label=_("SMS signature"),
        required=False,
        max_length=32,
        help_text=_("Without the brackets."),
        widget=UnfoldAdminTextInputWidget(),
    )
    base_fee_yuan = _yuan(_("Base fee, yuan per segment"), places=4)
    first_recharge_segments = _count(_("First recharge, segments"), most=MAX_SEGMENTS)
    first_recharge_unit_price_yuan = _yuan(_("First recharge, yuan per segment"), places=4)
    first_recharge_amount_yuan = _yuan(
        _("First recharge, yuan"),
        places=2,
        help_text=_("Quantity × price; filled in by itself where it is left empty."),
    )
    rate_table = forms.ModelChoiceField(
        label=_("Rate table"),
        queryset=RateTable.objects.order_by("name"),
        required=False,
        empty_label=_("Standard table, for all partners"),
        widget=UnfoldAdminSelectWidget(),
    )
    mobile_characters = _count(_("Characters per segment, mobile networks"), most=MAX_CHARACTERS)
    phs_characters = _count(_("Characters per segment, PHS"), most=MAX_CHARACTERS)
    refund_rule = forms.ChoiceField(
        label=_("Refund"),
        choices=RefundRule.choices,
        initial=RefundRule.ON_REJECT,
        widget=UnfoldAdminSelectWidget(),
    )

    GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
        (_("Term"), ("starts_on", "ends_on")),
        (_("Clause 5, SMS signature"), ("signature_text",)),
        (
            _("Clauses 8 and 10, fees and first recharge"),
            (
                "base_fee_yuan",
                "first_recharge_segments",
                "first_recharge_unit_price_yuan",
                "first_recharge_amount_yuan",
                "rate_table",
            ),
        ),
        (_("Clause 9, characters"), ("mobile_characters", "phs_characters")),
        (_("Clause 13, refund"), ("refund_rule",)),
    )

    def groups(self) -> Iterator[tuple[Promise, list[Any]]]:
        """Return the fields under their headings, as the paper has them."""
        for title, names in self.GROUPS:
            yield title, [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """Put the terms together."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return values
        values["refund_rule"] = RefundRule(values["refund_rule"])
        terms = Terms(**{name: values.pop(name) for name in FIELDS})
        return values | {"terms": terms}


class AgreementForm(TermsForm):
    """A draft: with whom, on which wording, and its terms."""

    partner = forms.ModelChoiceField(
        label=_("Partner"),
        queryset=Partner.objects.order_by("name"),
        widget=UnfoldAdminSelectWidget(),
    )
    template = forms.ModelChoiceField(
        label=_("Template"),
        queryset=AgreementTemplate.objects.published(),
        required=False,
        empty_label=_("The latest version"),
        widget=UnfoldAdminSelectWidget(),
    )

    GROUPS = ((_("Parties and wording"), ("partner", "template")), *TermsForm.GROUPS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sizes = standards.sizes_at(clock.now())
        self.initial["mobile_characters"] = sizes[NetworkClass.MOBILE.value].single
        self.initial["phs_characters"] = sizes[NetworkClass.PHS.value].single


class RevisionForm(TermsForm):
    """The blanks of a draft, as they are now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreement = Agreement.objects.filter(pk=self.object_id).first()
        for name in FIELDS if agreement else ():
            self.initial[name] = getattr(agreement, name)


class RenewalForm(BaseDialogForm):
    """When the renewal holds; both may be left to follow the old one."""

    starts_on = DayField(
        label=_("Starts on"),
        required=False,
        help_text=_("Empty for the day on which the old one ends."),
    )
    ends_on = DayField(
        label=_("Ends on"), required=False, help_text=_("Empty for the same length again.")
    )


class CopyForm(BaseDialogForm):
    """The scanned paper."""

    side = forms.ChoiceField(
        label=_("Signature and seal"), choices=Side.choices, widget=UnfoldAdminSelectWidget()
    )
    file = forms.FileField(
        label=_("Scan"),
        help_text=_("PDF, JPEG or PNG, at most 10 MB."),
        widget=UnfoldAdminFileFieldWidget(),
    )


class VersionForm(BaseDialogForm):
    """A new version of the wording."""

    note = LineField(label=_("What is new"), max_length=200, widget=UnfoldAdminTextInputWidget())


class ClauseForm(BaseDialogForm):
    """A clause of a draft, as it is now."""

    title = LineField(
        label=_("Heading"), required=False, max_length=60, widget=UnfoldAdminTextInputWidget()
    )
    text = LinesField(
        label=_("Clause text"),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextareaWidget({"rows": 8}),
        help_text=_("A blank is its name in braces, such as {unit_price}."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clause = TemplateClause.objects.filter(pk=self.object_id).first()
        if clause is not None:
            self.initial |= {"title": clause.title, "text": clause.text}


class NewClauseForm(BaseDialogForm):
    """A clause that is to stand behind another."""

    kind = forms.ChoiceField(
        label=_("Kind of clause"),
        choices=ClauseKind.choices,
        initial=ClauseKind.CLAUSE,
        widget=UnfoldAdminSelectWidget(),
    )
    number = LineField(
        max_length=11,
        validators=[RegexValidator(r"\A[0-9]{1,3}(\.[0-9]{1,3}){0,2}\Z")],
        label=_("Clause number"),
        help_text=_("Such as 6, 6.4 or 6.4.1."),
        widget=UnfoldAdminTextInputWidget(),
    )
    title = LineField(
        label=_("Heading"), required=False, max_length=60, widget=UnfoldAdminTextInputWidget()
    )
    text = LinesField(
        label=_("Clause text"),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextareaWidget({"rows": 8}),
    )
