"""Prices and character standards: drafted, published, never changed afterwards."""

from copy import copy
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit import separations
from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import service_action
from apps.common.admin.columns import moment, state
from apps.common.admin.outcomes import Leads
from apps.common.admin.tables import ReadOnlyInline, ServiceAdmin
from apps.common.errors import DomainError
from apps.common.templatetags.formats import local_time
from apps.partners.models import Partner
from apps.rates.choices import NetworkClass, RateStatus
from apps.rates.forms import (
    DraftForm,
    EndForm,
    PublishForm,
    StandardForm,
    TableForm,
    TierGrid,
)
from apps.rates.models import CharacterStandard, RateTable, RateVersion
from apps.rates.queries import prices as queries
from apps.rates.services import character_standards, drafts, rate_tables


class VersionInline(ReadOnlyInline):
    model = RateVersion
    fields = readonly_fields = ("begins", "ends", "status")
    ends = moment("ends_at", _("ends at"))

    @display(description=_("starts at"))
    def begins(self, version: RateVersion) -> str:
        address = reverse("admin:rates_rateversion_change", args=[version.pk])
        starts_at = local_time(version.starts_at)
        return format_html('<a class="text-primary-600" href="{}">{}</a>', address, starts_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RateVersion]:
        rows: QuerySet[RateVersion] = super().get_queryset(request)
        return rows.order_by("-starts_at", "-pk")


@admin.register(RateTable)
class RateTableAdmin(ServiceAdmin):
    list_display = ("name", "whose")
    list_select_related = ("partner",)
    search_fields = ("name", "partner__name")
    ordering = ("name",)
    fields = ("name", "whose")
    readonly_fields = fields
    inlines = (VersionInline,)
    actions_list = ("open_table",)
    actions_detail = ("draft_version", "end_own")

    @display(description=_("for"))
    def whose(self, table: RateTable) -> str:
        return str(table.partner or gettext("Standard table, for all partners"))

    @service_action(
        title=_("Open a rate table"),
        permission="rates.open_ratetable",
        form_class=TableForm,
        variant=ActionVariant.PRIMARY,
    )
    def open_table(
        self, request: HttpRequest, _obj: None, /, *, name: str, partner: Partner | None
    ) -> str:
        by = actor_of(request)
        if partner is None:
            table = rate_tables.open_standard(name=name, by=by)
        else:
            table = rate_tables.open_for_partner(partner=partner, name=name, by=by)
        return gettext("%(table)s is open; draft its prices next.") % {"table": table}

    @service_action(
        title=_("Draft prices"),
        permission="rates.draft_rateversion",
        form_class=DraftForm,
        explanation=_(
            "A draft begins with the prices of the newest version, and holds for nobody until it "
            "is published."
        ),
        variant=ActionVariant.PRIMARY,
    )
    def draft_version(
        self, request: HttpRequest, table: RateTable, /, *, starts_at: datetime
    ) -> str:
        version = drafts.begin(table=table, starts_at=starts_at, by=actor_of(request))
        return Leads(
            gettext("The draft is begun; edit its prices and publish it."),
            reverse("admin:rates_rateversion_change", args=[version.pk]),
        )

    @service_action(
        title=_("End own prices"),
        permission="rates.publish_rateversion",
        form_class=EndForm,
        explanation=_("From then on the partner follows the standard table."),
        when=lambda table: table.partner_id is not None,
    )
    def end_own(self, request: HttpRequest, table: RateTable, /, *, ends_at: datetime) -> str:
        assert table.partner is not None  # noqa: S101 - the button is offered for such tables
        rate_tables.end_own(partner=table.partner, ends_at=ends_at, by=actor_of(request))
        return gettext("The end is set; the standard table follows.")


@admin.register(RateVersion)
class RateVersionAdmin(ServiceAdmin):
    list_display = ("table", "state", "begins", "ends")
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("table",)
    ordering = ("-starts_at", "pk")
    fields = ("table", "status", "begins", "ends")
    readonly_fields = fields
    change_form_template = "admin/rates/version.html"
    actions_detail = ("publish", "discard")

    state = state()
    begins = moment("starts_at", _("starts at"))
    ends = moment("ends_at", _("ends at"))

    class Media:
        js = ("js/rate-grid.js",)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a version as a table, and save what was typed into a draft all at once."""
        version = self.row(request, object_id)
        assert isinstance(version, RateVersion)  # noqa: S101 - the rows of this admin are such
        may_edit = request.user.has_perm("rates.draft_rateversion")
        grid = TierGrid(version, request.POST if request.method == "POST" else None)
        if request.method == "POST":
            if not may_edit:
                raise PermissionDenied
            if grid.is_valid() and self._save(request, version, grid):
                messages.success(request, gettext("The draft is saved."))
                return HttpResponseRedirect(request.path)
        context = {
            "grid": grid,
            "is_editable": may_edit and version.status == RateStatus.DRAFT,
            "comparison": queries.comparison(version),
            "standards": queries.character_standards(clock.now()),
            "versions": version.table.versions.order_by("-starts_at", "-pk"),
        }
        page = copy(request)
        page.method = "GET"  # Drawn as for reading; what was posted is in the grid.
        response: HttpResponse = super().change_view(
            page, object_id, form_url, context | (extra_context or {})
        )
        return response

    @service_action(
        title=_("Publish"),
        permission="rates.publish_rateversion",
        form_class=PublishForm,
        explanation=_(
            "Published prices are never changed. The version before ends when this starts."
        ),
        variant=ActionVariant.PRIMARY,
        when=lambda version: version.status == RateStatus.DRAFT,
        judged=lambda version, by: separations.judge(
            "rates.publish", by=by, hands=rate_tables.hands_on(version)
        ),
    )
    def publish(self, request: HttpRequest, version: RateVersion, /) -> str:
        rate_tables.publish(version_id=version.pk, by=actor_of(request), at=clock.now())
        return gettext("The prices are published.")

    @service_action(
        title=_("Discard"),
        permission="rates.draft_rateversion",
        explanation=_("The draft and its prices are thrown away."),
        when=lambda version: version.status == RateStatus.DRAFT,
    )
    def discard(self, request: HttpRequest, version: RateVersion, /) -> str:
        drafts.discard(version_id=version.pk, by=actor_of(request))
        address = reverse("admin:rates_ratetable_change", args=[version.table_id])
        return Leads(gettext("The draft is discarded."), address)

    def _save(self, request: HttpRequest, version: RateVersion, grid: TierGrid) -> bool:
        try:
            drafts.save(
                version_id=version.pk,
                revision=grid.start.cleaned_data["revision"],
                starts_at=grid.start.cleaned_data["starts_at"],
                tiers=grid.tiers(),
                by=actor_of(request),
            )
        except DomainError as error:
            grid.refuse(error)
            return False
        return True


@admin.register(CharacterStandard)
class CharacterStandardAdmin(ServiceAdmin):
    list_display = ("network_class", "single_characters", "part_characters", "begins", "ends")
    ordering = ("network_class", "-starts_at")
    fields = list_display
    readonly_fields = fields
    actions_list = ("replace",)

    begins = moment("starts_at", _("starts at"))
    ends = moment("ends_at", _("ends at"))

    @service_action(
        title=_("Set a standard"),
        permission="rates.replace_characterstandard",
        form_class=StandardForm,
        explanation=_("The one before ends when this starts; messages already accepted stay."),
        variant=ActionVariant.PRIMARY,
    )
    def replace(self, request: HttpRequest, _obj: None, /, **values: Any) -> str:
        values["network_class"] = NetworkClass(values["network_class"])
        character_standards.replace(by=actor_of(request), **values)
        return gettext("The standard is set.")
