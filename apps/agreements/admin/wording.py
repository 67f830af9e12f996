"""The wording that agreements are made of, in versions of clauses."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.agreements import queries
from apps.agreements.choices import (
    ClauseKind,
    TemplateStatus,
)
from apps.agreements.forms import (
    ClauseForm,
    NewClauseForm,
    VersionForm,
)
from apps.agreements.models import AgreementTemplate, TemplateClause
from apps.agreements.services import templates
from apps.audit.actors import actor_of
from apps.common import clock, numbers
from apps.common.admin.buttons import service_action
from apps.common.admin.columns import moment, state
from apps.common.admin.tables import ServiceAdmin

WORD = "agreements.word_agreementtemplate"


@admin.register(AgreementTemplate)
class AgreementTemplateAdmin(ServiceAdmin):
    list_display = ("name", "state", "note", "drafted_by", "published")
    list_select_related = ("drafted_by",)
    ordering = ("-version",)
    fields = ("version", "title", "status", "note")
    readonly_fields = fields
    change_form_template = "admin/agreements/template.html"
    actions_list = ("copy_latest",)
    actions_detail = ("publish",)

    state = state()
    published = moment("published_at", _("published at"))

    @display(description=_("agreement template"), ordering="version")
    def name(self, template: AgreementTemplate) -> str:
        return str(template)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the clauses, beside those of another version."""
        template = self.row(request, object_id)
        assert isinstance(template, AgreementTemplate)  # noqa: S101 - the rows here are such
        beside = numbers.row_number(request.GET.get("beside"))
        context = {
            "is_editable": template.status == TemplateStatus.DRAFT and request.user.has_perm(WORD),
            "clauses": template.clauses.order_by("position", "pk"),
            "others": AgreementTemplate.objects.exclude(pk=template.pk).order_by("-version"),
            "comparison": queries.comparison(template, earlier_version=beside),
        }
        response: HttpResponse = super().change_view(
            request, object_id, form_url, context | (extra_context or {})
        )
        return response

    @service_action(
        title=_("Add a version"),
        permission=WORD,
        form_class=VersionForm,
        explanation=_("It begins with the clauses of the latest version."),
        icon="add",
        variant=ActionVariant.PRIMARY,
    )
    def copy_latest(self, request: HttpRequest, _obj: None, /, *, note: str) -> str:
        template = templates.copy_latest(note=note, by=actor_of(request), at=clock.now())
        return gettext("%(template)s is a draft now; edit its clauses.") % {"template": template}

    @service_action(
        title=_("Publish"),
        permission=WORD,
        explanation=_("New agreements are made from it, and it is not changed any more."),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=lambda template: template.status == TemplateStatus.DRAFT,
    )
    def publish(self, request: HttpRequest, template: AgreementTemplate, /) -> str:
        templates.publish(template_id=template.pk, by=actor_of(request), at=clock.now())
        return gettext("%(template)s is published.") % {"template": template}


def _of_draft(clause: TemplateClause) -> bool:
    return clause.template.status == TemplateStatus.DRAFT


@admin.register(TemplateClause)
class TemplateClauseAdmin(ServiceAdmin):
    list_display = ("number", "kind", "title", "template")
    list_select_related = ("template",)
    ordering = ("-template__version", "position", "pk")
    fields = ("template", "kind", "number", "title", "text")
    readonly_fields = fields
    actions_detail = ("edit", "add_after", "remove")

    def address_of(self, obj: Model | None) -> str:
        """Lead back to the version that a clause is of."""
        if isinstance(obj, TemplateClause):
            return reverse("admin:agreements_agreementtemplate_change", args=[obj.template_id])
        return super().address_of(obj)

    @service_action(
        title=_("Edit"),
        permission=WORD,
        form_class=ClauseForm,
        when=_of_draft,
        is_dialog=False,
    )
    def edit(
        self, request: HttpRequest, clause: TemplateClause, /, *, title: str, text: str
    ) -> str:
        templates.edit_clause(clause_id=clause.pk, title=title, text=text, by=actor_of(request))
        return gettext("Clause %(number)s is changed.") % {"number": clause.number}

    @service_action(
        title=_("Add below"),
        permission=WORD,
        form_class=NewClauseForm,
        when=_of_draft,
        is_dialog=False,
    )
    def add_after(
        self, request: HttpRequest, clause: TemplateClause, /, *, kind: str, **values: str
    ) -> str:
        added = templates.add_clause(
            after_id=clause.pk, kind=ClauseKind(kind), by=actor_of(request), **values
        )
        return gettext("Clause %(number)s is added.") % {"number": added.number}

    @service_action(
        title=_("Remove"),
        permission=WORD,
        explanation=_("The clause is taken out of this draft."),
        variant=ActionVariant.DANGER,
        when=_of_draft,
        is_dialog=False,
    )
    def remove(self, request: HttpRequest, clause: TemplateClause, /) -> str | Promise:
        templates.remove_clause(clause_id=clause.pk, by=actor_of(request))
        return gettext("Clause %(number)s is removed.") % {"number": clause.number}
