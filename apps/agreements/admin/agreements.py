"""Agreements: drafted, issued, signed by the partner, activated by a second person, ended."""

from datetime import date, timedelta
from typing import IO, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.agreements.choices import (
    COPY_TAKEN_IN,
    RENEWABLE,
    AgreementStatus,
    Side,
)
from apps.agreements.forms import (
    AgreementForm,
    CopyForm,
    RenewalForm,
    RevisionForm,
)
from apps.agreements.models import Agreement, AgreementTemplate
from apps.agreements.rules import WARNING_DAYS
from apps.agreements.services import agreements, copies, drafts, issuing
from apps.agreements.services.drafts import Terms
from apps.audit import separations
from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.columns import moment, money, quantity, state
from apps.common.admin.tables import ServiceAdmin
from apps.common.templatetags.formats import local_time
from apps.partners.models import Partner

DRAFT = "agreements.draft_agreement"
ACTIVATE = "agreements.activate_agreement"
_LINK = '<a class="text-primary-600 underline" href="{}">{}</a>'


class EndsWithinFilter(admin.SimpleListFilter):
    """Active agreements that end within so many days."""

    title = _("ends within")
    parameter_name = "ends_within"

    def lookups(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's hook
        model_admin: Any,  # noqa: ARG002
    ) -> list[tuple[str, str]]:
        return [
            (str(days), ngettext("%(days)s day", "%(days)s days", days) % {"days": days})
            for days in sorted(WARNING_DAYS)
        ]

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's hook
        queryset: QuerySet[Agreement],
    ) -> QuerySet[Agreement]:
        if self.value() not in {str(days) for days in WARNING_DAYS}:
            return queryset
        today = clock.local_date(clock.now())
        last = today + timedelta(days=int(str(self.value())))
        return queryset.filter(status=AgreementStatus.ACTIVE, ends_on__lte=last)


@admin.register(Agreement)
class AgreementAdmin(ServiceAdmin):
    list_display = ("name", "partner", "state", "starts_on", "ends_on", "left", "drafted_by")
    list_filter = (("status", ChoicesDropdownFilter), EndsWithinFilter)
    list_select_related = ("partner", "drafted_by")
    search_fields = ("number", "partner__name")
    ordering = ("-drafted_at", "-pk")
    fieldsets = (
        (None, {"fields": ("name", "partner", "status", "status_reason", "renews", "renewed_by")}),
        (_("Papers"), {"fields": ("template", "document_link", "sha256", "copy_links")}),
        (_("Term"), {"fields": ("starts_on", "ends_on")}),
        (_("Clause 5, SMS signature"), {"fields": ("signature_text",)}),
        (
            _("Clauses 8 and 10, fees and first recharge"),
            {"fields": ("base_fee", "first_segments", "first_price", "first_amount", "rate_table")},
        ),
        (_("Clause 9, characters"), {"fields": ("mobile_characters", "phs_characters")}),
        (_("Clause 13, refund"), {"fields": ("refund_rule",)}),
        (
            _("Steps"),
            {
                "fields": (
                    "drafted_by",
                    "drafted",
                    "issued",
                    "signed",
                    "activated_by",
                    "activated",
                    "ended",
                )
            },
        ),
    )
    readonly_fields = tuple(name for _title, each in fieldsets for name in each["fields"])
    actions_list = ("draft",)
    actions_detail = (
        "revise",
        "issue",
        "attach_copy",
        "mark_signed",
        "activate",
        "renew",
        "terminate",
    )

    state = state()
    base_fee = money("base_fee_yuan", _("base fee, yuan per segment"))
    first_segments = quantity("first_recharge_segments", _("first recharge, segments"))
    first_price = money("first_recharge_unit_price_yuan", _("first recharge, yuan per segment"))
    first_amount = money("first_recharge_amount_yuan", _("first recharge, yuan"))
    drafted = moment("drafted_at", _("drafted at"))
    issued = moment("issued_at", _("issued at"))
    signed = moment("signed_at", _("signed at"))
    activated = moment("activated_at", _("activated at"))
    ended = moment("ended_at", _("ended at"))

    @display(description=_("agreement number"), ordering="number")
    def name(self, agreement: Agreement) -> str:
        return str(agreement)

    @display(description=_("days left"))
    def left(self, agreement: Agreement) -> str:
        if agreement.status != AgreementStatus.ACTIVE or agreement.ends_on is None:
            return "—"
        return str((agreement.ends_on - clock.local_date(clock.now())).days)

    @display(description=_("renewed by"))
    def renewed_by(self, agreement: Agreement) -> str:
        return ", ".join(map(str, agreement.renewals.order_by("pk"))) or "—"

    @display(description=_("issued document"))
    def document_link(self, agreement: Agreement) -> SafeString | str:
        """Link to the pages of the PDF, and to the PDF itself with its digital signature."""
        if agreement.document_id is None:
            return "—"
        place = ["agreements", agreement.document_id]
        return format_html(
            f"{_LINK} · {_LINK}",
            reverse("backoffice:file-view", args=place),
            gettext("Look at it"),
            reverse("backoffice:file-download", args=place),
            gettext("Download the signed PDF"),
        )

    @display(description="SHA-256")
    def sha256(self, agreement: Agreement) -> str:
        return agreement.document.sha256 if agreement.document else "—"

    @display(description=_("signed copies"))
    def copy_links(self, agreement: Agreement) -> SafeString | str:
        return (
            format_html_join(
                mark_safe("<br>"),
                f"{_LINK} · {{}}",
                (
                    (
                        reverse("backoffice:file-view", args=["agreement-copies", copy.pk]),
                        copy.get_side_display(),
                        local_time(copy.uploaded_at),
                    )
                    for copy in agreement.copies.order_by("pk")
                ),
            )
            or "—"
        )

    @service_action(
        title=_("Draft an agreement"),
        permission=DRAFT,
        form_class=AgreementForm,
        explanation=_("What is left empty is asked for when it is issued."),
        icon="add",
        variant=ActionVariant.PRIMARY,
        is_dialog=False,
    )
    def draft(
        self,
        request: HttpRequest,
        _obj: None,
        /,
        *,
        partner: Partner,
        template: AgreementTemplate | None,
        terms: Terms,
    ) -> str:
        drafts.draft(
            partner=partner, template=template, terms=terms, by=actor_of(request), at=clock.now()
        )
        return gettext("An agreement with %(partner)s is drafted.") % {"partner": partner}

    @service_action(
        title=_("Change the terms"),
        permission=DRAFT,
        form_class=RevisionForm,
        icon="edit",
        when=lambda agreement: agreement.status == AgreementStatus.DRAFT,
        is_dialog=False,
    )
    def revise(self, request: HttpRequest, agreement: Agreement, /, *, terms: Terms) -> str:
        drafts.revise(agreement_id=agreement.pk, terms=terms, by=actor_of(request))
        return gettext("The terms are changed.")

    @service_action(
        title=_("Issue"),
        permission=DRAFT,
        explanation=_("It gets its number and its PDF, and is not changed any more."),
        variant=ActionVariant.PRIMARY,
        when=lambda agreement: agreement.status == AgreementStatus.DRAFT,
    )
    def issue(self, request: HttpRequest, agreement: Agreement, /) -> str:
        issued = issuing.issue(agreement_id=agreement.pk, by=actor_of(request), at=clock.now())
        return gettext("Agreement %(number)s is issued.") % {"number": issued.number}

    @service_action(
        title=_("Add a signed copy"),
        permission=DRAFT,
        form_class=CopyForm,
        explanation=_("The paper with the signature and seal of one side, scanned."),
        icon="upload_file",
        when=lambda agreement: agreement.status in COPY_TAKEN_IN[Side.PARTNER],
    )
    def attach_copy(
        self, request: HttpRequest, agreement: Agreement, /, *, side: str, file: IO[bytes]
    ) -> str:
        copies.attach(
            agreement_id=agreement.pk,
            side=Side(side),
            file=file,
            by=actor_of(request),
            at=clock.now(),
        )
        return gettext("The signed copy is kept.")

    @service_action(
        title=_("Partner has signed"),
        permission=DRAFT,
        explanation=_("The copy with the partner's signature and seal is here."),
        variant=ActionVariant.PRIMARY,
        when=lambda agreement: agreement.status == AgreementStatus.ISSUED,
    )
    def mark_signed(self, request: HttpRequest, agreement: Agreement, /) -> str:
        agreements.mark_signed(agreement_id=agreement.pk, by=actor_of(request), at=clock.now())
        return gettext("Agreement %(number)s is signed by the partner.") % {
            "number": agreement.number
        }

    @service_action(
        title=_("Activate"),
        permission=ACTIVATE,
        explanation=_(
            "The gateway signs too: the partner may send within the term, and its first recharge "
            "is due today."
        ),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=lambda agreement: agreement.status == AgreementStatus.SIGNED,
        judged=lambda agreement, by: separations.judge(
            "agreements.activate", by=by, hands=agreements.hands_on(agreement)
        ),
    )
    def activate(self, request: HttpRequest, agreement: Agreement, /) -> str:
        agreements.activate(agreement_id=agreement.pk, by=actor_of(request), at=clock.now())
        return gettext("Agreement %(number)s is active.") % {"number": agreement.number}

    @service_action(
        title=_("Renew"),
        permission=DRAFT,
        form_class=RenewalForm,
        explanation=_(
            "Drafts the agreement that follows this one, with its terms; activated, it takes over "
            "on its first day without a gap."
        ),
        when=lambda agreement: agreement.status in RENEWABLE,
    )
    def renew(
        self,
        request: HttpRequest,
        agreement: Agreement,
        /,
        *,
        starts_on: date | None,
        ends_on: date | None,
    ) -> str:
        drafts.renew(
            agreement_id=agreement.pk,
            starts_on=starts_on,
            ends_on=ends_on,
            by=actor_of(request),
            at=clock.now(),
        )
        return gettext("The renewal of %(number)s is drafted.") % {"number": agreement.number}

    @service_action(
        title=_("Terminate"),
        permission=ACTIVATE,
        form_class=ReasonForm,
        explanation=_("An active agreement stops sends at once. The partner reads the reason."),
        variant=ActionVariant.DANGER,
        when=lambda agreement: (
            agreement.status
            in {AgreementStatus.ISSUED, AgreementStatus.SIGNED, AgreementStatus.ACTIVE}
        ),
    )
    def terminate(self, request: HttpRequest, agreement: Agreement, /, *, reason: str) -> str:
        agreements.terminate(
            agreement_id=agreement.pk, by=actor_of(request), at=clock.now(), reason=reason
        )
        return gettext("Agreement %(number)s is terminated.") % {"number": agreement.number}
