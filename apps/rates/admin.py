"""Prices and character standards: drafted, published, never changed afterwards."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.admin import ReadOnlyInline, ServiceAdmin
from apps.audit.buttons import actor_of, service_action
from apps.audit.columns import moment, money, quantity, state
from apps.partners.models import Partner
from apps.rates.choices import NetworkClass, RateStatus
from apps.rates.forms import StandardForm, TableForm, VersionForm
from apps.rates.models import CharacterStandard, RateTable, RateTier, RateVersion
from apps.rates.services import character_standards, rate_tables


class VersionInline(ReadOnlyInline):
    model = RateVersion
    fields = readonly_fields = ("status", "begins", "ends")
    show_change_link = True
    begins = moment("starts_at", _("starts at"))
    ends = moment("ends_at", _("ends at"))


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
    actions_detail = ("draft_version",)

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
        form_class=VersionForm,
        explanation=_("A draft holds for nobody until it is published."),
        variant=ActionVariant.PRIMARY,
    )
    def draft_version(
        self,
        request: HttpRequest,
        table: RateTable,
        /,
        *,
        starts_at: datetime,
        tiers: dict[int, Decimal],
    ) -> str:
        rate_tables.draft_version(
            table=table, starts_at=starts_at, tiers=tiers, by=actor_of(request)
        )
        return gettext("The prices are drafted; look at them and publish.")


class TierInline(ReadOnlyInline):
    model = RateTier
    fields = readonly_fields = ("quantity", "price")
    quantity = quantity("from_segments", _("from segments"))
    price = money("unit_price_yuan", _("yuan per segment"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[RateTier]:
        rows: QuerySet[RateTier] = super().get_queryset(request)
        return rows.order_by("from_segments")


@admin.register(RateVersion)
class RateVersionAdmin(ServiceAdmin):
    list_display = ("table", "state", "begins", "ends")
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("table",)
    ordering = ("-starts_at", "pk")
    fields = ("table", "status", "begins", "ends")
    readonly_fields = fields
    inlines = (TierInline,)
    actions_detail = ("publish",)

    state = state()
    begins = moment("starts_at", _("starts at"))
    ends = moment("ends_at", _("ends at"))

    @service_action(
        title=_("Publish"),
        permission="rates.publish_rateversion",
        explanation=_(
            "Published prices are never changed. The version before ends when this starts."
        ),
        variant=ActionVariant.PRIMARY,
        when=lambda version: version.status == RateStatus.DRAFT,
    )
    def publish(self, request: HttpRequest, version: RateVersion, /) -> str:
        rate_tables.publish(version_id=version.pk, by=actor_of(request))
        return gettext("The prices are published.")


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
