"""What the admin pages of all apps share: they look, and where something is done a service does it.

`ServiceAdmin` shows a table and never writes it; `LogAdmin` one that is too long to be counted.
`ConfigurationAdmin` writes plain settings, which have no service because they have no rules.
No rule of the business stands in an admin.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin import FieldListFilter, ShowFacets
from django.contrib.admin.utils import get_fields_from_path, unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.dataclasses import UnfoldAction
from unfold.forms import BaseDialogForm
from unfold.paginator import InfinitePaginator
from unfold.views import ChangeList

from apps.common import conflicts, form_keys
from apps.common.admin import trail
from apps.common.admin.outcomes import Leads, ShownOnce, Text
from apps.common.forms import DayField, LineEmailField, LineField, LinesField, WholeNumberField

# The rules of texts and days hold for the forms that the admin makes by itself, too.
BOUNDED_FIELDS: dict[Any, dict[str, Any]] = {
    models.CharField: {"form_class": LineField},
    models.EmailField: {"form_class": LineEmailField},
    models.TextField: {"form_class": LinesField},
    models.DateField: {"form_class": DayField},
    models.IntegerField: {"form_class": WholeNumberField},
}

SHOWN_BEFORE = _(
    "%(title)s was shown once, in answer to the first sending, and is kept nowhere. If nobody saw "
    "it, make another."
)


class ServiceAdmin(ModelAdmin):
    """A table whose rows are changed by services alone; lists are built for reading."""

    formfield_overrides = BOUNDED_FIELDS

    list_filter_submit = True
    list_fullwidth = True
    list_per_page = 50
    show_facets = ShowFacets.NEVER
    history_title = _("History")
    change_form_outer_before_template = "admin/relaxed.html"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:  # noqa: ARG002
        """Take from an address only what the list's own filters would have written there.

        Django would take any lookup on any column, shown or not: by the number of rows that it
        leaves, `password__startswith` reads a colleague's password hash letter by letter.
        """
        return lookup in set(self._parameters(request))

    def _parameters(self, request: HttpRequest) -> Iterator[str | None]:
        for item in self.get_list_filter(request):
            if callable(item):
                yield from item(request, {}, self.model, self).expected_parameters()
                continue
            path, make = item if isinstance(item, tuple) else (item, FieldListFilter.create)
            field = get_fields_from_path(self.model, path)[-1]
            spec = make(field, request, {}, self.model, self, field_path=path)
            yield from spec.expected_parameters()
        if self.date_hierarchy:
            yield from (f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day"))

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's hook
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Model | None = None,  # noqa: ARG002
    ) -> bool:
        return False

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Model | None = None,  # noqa: ARG002
    ) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002
        """Offer nothing for many rows at once: each decision is one of its own."""
        return {}

    def get_actions_list(self, request: HttpRequest) -> list[UnfoldAction]:
        """Offer the buttons above the list that this person may press."""
        return [
            action
            for action in super().get_actions_list(request)
            if request.user.has_perm(action.method.needs)
        ]

    def get_actions_detail(self, request: HttpRequest, object_id: int | str) -> list[UnfoldAction]:
        """Offer the buttons that this person may press and that fit the row's state."""
        obj = self.get_object(request, unquote(str(object_id)))
        return [
            action
            for action in super().get_actions_detail(request, object_id)
            if obj is not None
            and request.user.has_perm(action.method.needs)
            and action.method.offered_for(obj)
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show a row, and what its history says that whoever opens it must know."""
        obj = self.get_object(request, unquote(object_id))
        context = trail.kept().page_of(obj) if obj is not None else {}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def row(self, request: HttpRequest, object_id: str) -> Model:
        """Return the row that an action is about."""
        obj: Model | None = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        return obj

    def ask(
        self,
        request: HttpRequest,
        obj: Model | None,
        form: BaseDialogForm,
        *,
        judgement: object = None,
        **texts: Text,
    ) -> HttpResponse:
        """Show an action's form, over the page it was called from or as a page of its own."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "form": form,
            "cancel_url": self.address_of(obj),
            "is_dialog": bool(getattr(request, "htmx", False)),
            "judgement": judgement,
            **texts,
        }
        return TemplateResponse(request, "admin/service_action.html", context)

    def finish(
        self, request: HttpRequest, obj: Model | None, outcome: Text | ShownOnce
    ) -> HttpResponse:
        """Say what happened, on the row's page or, for what is shown once, on a page of its own."""
        url = outcome.url if isinstance(outcome, Leads) else self.address_of(obj)
        if isinstance(outcome, ShownOnce):
            form_keys.shows_once(
                request, leads_to=url, says=SHOWN_BEFORE % {"title": outcome.title}
            )
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": outcome.title,
                "outcome": outcome,
                "back_url": url,
                "is_dialog": bool(getattr(request, "htmx", False)),
            }
            return TemplateResponse(request, "admin/shown_once.html", context)
        messages.success(request, str(outcome))
        if getattr(request, "htmx", False):
            return HttpResponse(headers={"HX-Redirect": url})
        return HttpResponseRedirect(url)

    def address_of(self, obj: Model | None) -> str:
        """Return where a row is shown, or the list."""
        names = f"{self.opts.app_label}_{self.opts.model_name}"
        if obj is None:
            return reverse(f"{self.admin_site.name}:{names}_changelist")
        return reverse(f"{self.admin_site.name}:{names}_change", args=[obj.pk])

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what happened to a row, by whom and why, newest first."""
        obj = self.row(request, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": self.history_title,
            "object": obj,
            "back_url": self.address_of(obj),
            "events": trail.kept().events_of(obj),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history.html", context)


class CappedPaginator(InfinitePaginator):
    """Pages without counting rows, up to a depth beyond which a filter is the better way."""

    most_pages = 200

    @cached_property
    def count(self) -> int:
        """The rows that can be paged through, however many there are."""
        return int(self.per_page) * self.most_pages


class UncountedChangeList(ChangeList):
    """A list that says nothing about how many rows there are."""

    def get_results(self, request: HttpRequest) -> None:
        """Read the page, and leave no number that the header would show."""
        super().get_results(request)
        self.full_result_count = self.result_count


class LogAdmin(ServiceAdmin):
    """A log of millions: newest first, never counted."""

    paginator = CappedPaginator
    show_full_result_count = False
    ordering = ("-pk",)
    sortable_by = ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002
        """Use the list without numbers."""
        return UncountedChangeList


class ConfigurationAdmin(ServiceAdmin):
    """A table of plain settings: written by a form, under an act that says who did it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(ModelAdmin.has_add_permission(self, request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(ModelAdmin.has_change_permission(self, request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(ModelAdmin.has_delete_permission(self, request, obj))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Add or change a row under an act; what somebody was quicker with is told in the form."""
        verb = "change" if object_id else "add"
        with trail.kept().acting(request, f"{self.opts.label_lower}.{verb}"):
            try:
                with transaction.atomic():
                    return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError:
                pass  # The form looks again, and finds the other's row by itself.
            try:
                with transaction.atomic():
                    return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError as error:
                messages.error(request, str(conflicts.error_of(error)))
                return HttpResponseRedirect(self.address_of(None))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete a row under an act."""
        with trail.kept().acting(request, f"{self.opts.label_lower}.delete"):
            response: HttpResponse = super().delete_view(request, object_id, extra_context)
        return response

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """Write no row of Django's own log: the trail keeps the history."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """Write no row of Django's own log: the trail keeps the history."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """Write no row of Django's own log: the trail keeps the history."""


class ReadOnlyInline(TabularInline):
    """Rows that belong to a row, shown and never changed."""

    extra = 0
    can_delete = False
    show_change_link = False
    hide_title = True

    def has_add_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Model | None = None,  # noqa: ARG002
    ) -> bool:
        return False

    def has_change_permission(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Model | None = None,  # noqa: ARG002
    ) -> bool:
        return False
