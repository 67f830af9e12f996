"""What staff fill in about prices and character standards."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from unfold.forms import BaseDialogForm
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from apps.common import clock
from apps.common.errors import DomainError
from apps.common.forms import (
    LineField,
    LooseNumberField,
    LooseWholeNumberField,
    MomentField,
    WholeNumberField,
)
from apps.common.templatetags.formats import local_time
from apps.partners.models import Partner
from apps.rates.choices import NetworkClass
from apps.rates.drafting import Fault, TierDraft
from apps.rates.models import RateVersion
from apps.rates.queries import prices as queries
from apps.rates.services import drafts


class TableForm(BaseDialogForm):
    """A table of prices: the standard one, or one partner's."""

    name = LineField(label=_("Name"), max_length=100, widget=UnfoldAdminTextInputWidget())
    partner = forms.ModelChoiceField(
        label=_("Partner"),
        queryset=Partner.objects.order_by("name"),
        required=False,
        empty_label=_("Standard table, for all partners"),
        widget=UnfoldAdminSelectWidget(),
    )


class DraftForm(BaseDialogForm):
    """A draft of prices: from when it is to hold. Its tiers are edited in the table."""

    starts_at = MomentField(label=_("Holds from"))


class EndForm(BaseDialogForm):
    """When a partner's own prices end."""

    ends_at = MomentField(label=_("Ends at"))


class PublishForm(BaseDialogForm):
    """Nothing to fill in; shows from when the version holds and what it changes."""

    form_before_template = "admin/rates/_publishing.html"

    def get_before_template_context(
        self,
        request: Any,  # noqa: ARG002 - unfold's hook
        object_id: int | str | None = None,
    ) -> dict[str, Any]:
        """Set the draft beside the version that it takes over from."""
        version = RateVersion.objects.select_related("table__partner").get(pk=object_id or "")
        at = clock.now()
        return {
            "comparison": queries.comparison(version),
            "starts_at": max(version.starts_at, at),
            "begins_now": version.starts_at <= at,
        }


class TierRow(forms.Form):
    """One row of the table: a tier, as typed. Names repeat from row to row."""

    from_segments = LooseWholeNumberField(label=_("From segments"))
    unit_price_yuan = LooseNumberField(label=_("Yuan per segment"))
    phs_factor = LooseNumberField(label=_("PHS, multiple"), required=False)
    phs_unit_price_yuan = LooseNumberField(label=_("PHS, yuan per segment"), required=False)

    def __init__(
        self, data: Mapping[str, str] | None = None, *, initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id=False)

    def draft(self) -> TierDraft:
        """Return the tier of a valid row."""
        return TierDraft(**self.cleaned_data)


class StartForm(forms.Form):
    """From when the version holds, and which save of it was read."""

    starts_at = MomentField(label=_("Holds from"))
    revision = WholeNumberField(min_value=0, widget=forms.HiddenInput)


class TierGrid:
    """A draft as a table to type in: all rows at once, each error in its cell.

    Rows that are left empty count for nothing, so that there is always room for more.
    """

    def __init__(self, version: RateVersion, data: MultiValueDict[str, str] | None = None) -> None:
        self.errors: list[str] = []
        if data is None:
            self.start = StartForm(initial=_start_of(version))
            self.rows = [TierRow(initial=_shown(row)) for row in drafts.drafts_of(version)]
        else:
            self.start = StartForm(data)
            self.rows = [TierRow(row) for row in _typed(data)]

    @property
    def blank(self) -> TierRow:
        """A row to be filled in."""
        return TierRow()

    def is_valid(self) -> bool:
        """Tell whether every cell could be read."""
        return all([self.start.is_valid(), *(row.is_valid() for row in self.rows)])

    def tiers(self) -> list[TierDraft]:
        """Return the rows of a valid table."""
        return [row.draft() for row in self.rows]

    def refuse(self, error: DomainError) -> None:
        """Show what a service found wrong, in the cells that it names."""
        faults: list[Fault] = error.data.get("faults", [])
        for fault in faults:
            self.rows[fault.row].add_error(fault.field, str(fault.why))
        if not faults:
            self.errors.append(str(error))


def _typed(data: MultiValueDict[str, str]) -> list[dict[str, str]]:
    names = list(TierRow.base_fields)
    columns = [data.getlist(name) for name in names]
    rows = [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=False)]
    return [row for row in rows if any(cell.strip() for cell in row.values())]


def _start_of(version: RateVersion) -> dict[str, Any]:
    starts_at = local_time(version.starts_at, "%Y-%m-%dT%H:%M")
    return {"starts_at": starts_at, "revision": version.revision}


def _shown(row: TierDraft) -> dict[str, str]:
    numbers = {
        "unit_price_yuan": row.unit_price_yuan,
        "phs_factor": row.phs_factor,
        "phs_unit_price_yuan": row.phs_unit_price_yuan,
    }
    shown = {name: f"{number.normalize():f}" for name, number in numbers.items() if number}
    return {"from_segments": f"{row.from_segments:,}"} | shown


class StandardForm(BaseDialogForm):
    """Characters per segment of a class of networks, from a moment on."""

    network_class = forms.ChoiceField(
        label=_("Network class"), choices=NetworkClass.choices, widget=UnfoldAdminSelectWidget()
    )
    single_characters = WholeNumberField(
        label=_("Characters in a single segment"),
        min_value=1,
        max_value=500,
        widget=UnfoldAdminIntegerFieldWidget(),
    )
    part_characters = WholeNumberField(
        label=_("Characters in each of several"),
        min_value=1,
        max_value=500,
        widget=UnfoldAdminIntegerFieldWidget(),
    )
    starts_at = MomentField(label=_("Holds from"))
