"""Connectors, routes and number tables: plain settings."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminURLInputWidget

from apps.carriers.models import Connector, NumberSegment, PortedNumber, Route
from apps.common.admin.columns import moment
from apps.common.admin.tables import ConfigurationAdmin


class ConnectorForm(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """A connector; an address without a scheme is taken for plain HTTP inside the machine room."""

    url = forms.URLField(
        label=_("address"),
        max_length=200,
        assume_scheme="http",
        widget=UnfoldAdminURLInputWidget(),
    )


@admin.register(Connector)
class ConnectorAdmin(ConfigurationAdmin):
    form = ConnectorForm
    list_display = ("name", "protocol", "url", "is_enabled")
    ordering = ("name",)
    fields = ("name", "protocol", "url", "is_enabled")


@admin.register(Route)
class RouteAdmin(ConfigurationAdmin):
    list_display = (
        "operator",
        "connector",
        "priority",
        "signature_position",
        "is_enabled",
        "is_test",
    )
    list_filter = (("operator", ChoicesDropdownFilter), "is_enabled", "is_test")
    list_select_related = ("connector",)
    ordering = ("operator", "is_test", "priority")


@admin.register(NumberSegment)
class NumberSegmentAdmin(ConfigurationAdmin):
    list_display = ("prefix", "operator", "note")
    list_filter = (("operator", ChoicesDropdownFilter),)
    search_fields = ("prefix__startswith",)
    ordering = ("prefix",)


@admin.register(PortedNumber)
class PortedNumberAdmin(ConfigurationAdmin):
    """Numbers that changed operator; found by the whole number."""

    list_display = ("number", "operator", "changed")
    list_filter = (("operator", ChoicesDropdownFilter),)
    search_fields = ("number__exact",)
    ordering = ("number",)
    fields = ("number", "operator")
    changed = moment("updated_at", _("updated at"))
