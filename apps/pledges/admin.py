"""Security pledges of customers: the signed copy is looked at, then judged. And their wording."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import service_action
from apps.common.admin.columns import moment, state
from apps.common.admin.tables import ReadOnlyInline, ServiceAdmin
from apps.pledges.choices import REASONS, TemplateStatus
from apps.pledges.forms import ApprovalForm, WordingForm
from apps.pledges.models import Pledge, PledgeRound, PledgeTemplate
from apps.pledges.services import templates
from apps.pledges.services.kinds import PLEDGES, Validity
from apps.reviews import admin as reviews

JUDGE = "pledges.judge_pledge"
WRITE = "pledges.write_wording"


def _file_link(kind: str, pk: int, *, is_there: bool) -> str:
    if not is_there:
        return "—"
    return format_html(
        '<a class="text-primary-600 underline" href="{}" target="_blank" rel="noopener">{}</a>',
        reverse("backoffice:file-view", args=[kind, pk]),
        gettext("Look at it"),
    )


def _reason_list(codes: list[str]) -> str:
    return ", ".join(REASONS.labels(codes)) or "—"


class RoundInline(ReadOnlyInline):
    model = PledgeRound
    verbose_name_plural = _("submissions")
    ordering = ("-number",)
    fields = readonly_fields = (
        "number",
        "status",
        "submitted",
        "urge_count",
        "judged",
        "judged_by",
        "why",
        "remark",
        "copy",
    )

    submitted = moment("submitted_at", _("submitted at"))
    judged = moment("judged_at", _("judged at"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[PledgeRound]:
        rows: QuerySet[PledgeRound] = super().get_queryset(request)
        return rows.select_related("judged_by")

    @display(description=_("reasons"))
    def why(self, kept: PledgeRound) -> str:
        return _reason_list(kept.reasons)

    @display(description=_("signed copy"))
    def copy(self, kept: PledgeRound) -> str:
        return _file_link("pledge-copies", kept.pk, is_there=True)


@admin.register(Pledge)
class PledgeAdmin(ServiceAdmin):
    list_display = ("number", "customer", "partner", "state", "due", "valid_from", "valid_until")
    list_filter = (("status", ChoicesDropdownFilter), "valid_until")
    list_select_related = ("customer__partner", "template", "renews", "entered_by", "submitted_by",
                           "judged_by")  # fmt: skip
    search_fields = (
        "number",
        "customer__name",
        "customer__credit_code",
        "customer__partner__name",
    )
    ordering = ("-submitted_at", "-pk")
    fields = (
        "number",
        "customer",
        "partner",
        "printed_form",
        "paper",
        "status",
        "why",
        "remark",
        "audience",
        "consent",
        "sample_list",
        "template",
        "renews",
        "valid_from",
        "valid_until",
        "entered_by",
        "submitted_by",
        "submitted",
        "due",
        "judged_by",
        "judged",
        "sha256",
        "form_sha256",
    )
    readonly_fields = fields
    inlines = (RoundInline,)
    actions_detail = ("approve", "reject", "revoke")

    state = state()
    submitted = moment("submitted_at", _("submitted at"))
    due = moment("due_at", _("to be judged by"))
    judged = moment("judged_at", _("judged at"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pledge]:
        rows: QuerySet[Pledge] = super().get_queryset(request)
        return rows.select_related(*self.list_select_related)

    @display(description=_("partner"))
    def partner(self, pledge: Pledge) -> str:
        return str(pledge.customer.partner)

    @display(description=_("printed form"))
    def printed_form(self, pledge: Pledge) -> str:
        return _file_link("pledge-forms", pledge.pk, is_there=bool(pledge.form))

    @display(description=_("signed copy"))
    def paper(self, pledge: Pledge) -> str:
        return _file_link("pledges", pledge.pk, is_there=bool(pledge.signed_copy))

    @display(description=_("reasons"))
    def why(self, pledge: Pledge) -> str:
        return _reason_list(pledge.reasons)

    @display(description=_("sample messages"))
    def sample_list(self, pledge: Pledge) -> str:
        return format_html_join("", "<p>{}</p>", ((each,) for each in pledge.samples)) or "—"

    approve = reviews.approve(
        PLEDGES,
        permission=JUDGE,
        explanation=_("The copy is signed and stamped by the customer. It may send from now on."),
        form_class=ApprovalForm,
        terms_of=lambda values: Validity(**values),
    )
    reject = reviews.reject(
        PLEDGES,
        permission=JUDGE,
        explanation=_("The partner reads the reasons, and may mend the pledge."),
    )
    revoke = reviews.revoke(
        PLEDGES,
        permission=JUDGE,
        explanation=_("The customer's accounts are refused from now on."),
    )


@admin.register(PledgeTemplate)
class PledgeTemplateAdmin(ServiceAdmin):
    list_display = ("version", "title", "state", "drafted_by", "published")
    list_select_related = ("drafted_by", "published_by")
    ordering = ("-version",)
    search_fields = ("title", "wording")
    fields = (
        "version",
        "title",
        "status",
        "wording",
        "drafted_by",
        "drafted",
        "published_by",
        "published",
    )
    readonly_fields = fields
    actions_list = ("draft",)
    actions_detail = ("edit", "publish")

    state = state()
    drafted = moment("drafted_at", _("drafted at"))
    published = moment("published_at", _("published at"))

    @service_action(
        title=_("Draft a version"),
        permission=WRITE,
        form_class=WordingForm,
        icon="add",
        variant=ActionVariant.PRIMARY,
        is_dialog=False,
    )
    def draft(self, request: HttpRequest, _obj: None, /, *, title: str, wording: str) -> str:
        template = templates.draft_version(
            title=title, wording=wording, by=actor_of(request), at=clock.now()
        )
        return gettext("Version %(version)s is drafted.") % {"version": template.version}

    @service_action(
        title=_("Edit"),
        permission=WRITE,
        form_class=WordingForm,
        icon="edit",
        is_dialog=False,
        when=lambda template: template.status == TemplateStatus.DRAFT,
    )
    def edit(
        self, request: HttpRequest, template: PledgeTemplate, /, *, title: str, wording: str
    ) -> str:
        templates.edit(template_id=template.pk, title=title, wording=wording, by=actor_of(request))
        return gettext("Version %(version)s is changed.") % {"version": template.version}

    @service_action(
        title=_("Publish"),
        permission=WRITE,
        explanation=_("Forms are printed from it from now on. It is not changed any more."),
        variant=ActionVariant.PRIMARY,
        when=lambda template: template.status == TemplateStatus.DRAFT,
    )
    def publish(self, request: HttpRequest, template: PledgeTemplate, /) -> str:
        templates.publish(template_id=template.pk, by=actor_of(request), at=clock.now())
        return gettext("Version %(version)s is published.") % {"version": template.version}
