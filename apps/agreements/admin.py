"""Agreements: drafted, issued, signed by the partner, activated by a second person, ended."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.agreements.choices import AgreementStatus, RefundRule
from apps.agreements.forms import AgreementForm
from apps.agreements.models import Agreement
from apps.agreements.services import agreements
from apps.audit.admin import ServiceAdmin
from apps.audit.buttons import ReasonForm, actor_of, service_action
from apps.audit.columns import moment, money, quantity, state
from apps.common import clock

DRAFT = "agreements.draft_agreement"
ACTIVATE = "agreements.activate_agreement"


@admin.register(Agreement)
class AgreementAdmin(ServiceAdmin):
    list_display = ("name", "partner", "state", "starts_on", "ends_on", "drafted_by")
    list_filter = (("status", ChoicesDropdownFilter), "ends_on")
    list_select_related = ("partner", "drafted_by")
    search_fields = ("number", "partner__name")
    ordering = ("-drafted_at", "-pk")
    fields = (
        "name",
        "partner",
        "status",
        "status_reason",
        "starts_on",
        "ends_on",
        "refund_rule",
        "rate_table",
        "first_segments",
        "first_price",
        "mobile_characters",
        "phs_characters",
        "drafted_by",
        "drafted",
        "issued",
        "signed",
        "activated_by",
        "activated",
        "ended",
    )
    readonly_fields = fields
    actions_list = ("draft",)
    actions_detail = ("issue", "mark_signed", "activate", "terminate")

    state = state()
    first_segments = quantity("first_recharge_segments", _("first recharge, segments"))
    first_price = money("first_recharge_unit_price_yuan", _("first recharge, yuan per segment"))
    drafted = moment("drafted_at", _("drafted at"))
    issued = moment("issued_at", _("issued at"))
    signed = moment("signed_at", _("signed at"))
    activated = moment("activated_at", _("activated at"))
    ended = moment("ended_at", _("ended at"))

    @display(description=_("agreement number"), ordering="number")
    def name(self, agreement: Agreement) -> str:
        return str(agreement)

    @service_action(
        title=_("Draft an agreement"),
        permission=DRAFT,
        form_class=AgreementForm,
        icon="add",
        variant=ActionVariant.PRIMARY,
        is_dialog=False,
    )
    def draft(self, request: HttpRequest, _obj: None, /, **values: Any) -> str:
        values["refund_rule"] = RefundRule(values["refund_rule"])
        agreement = agreements.draft(by=actor_of(request), at=clock.now(), **values)
        return gettext("An agreement with %(partner)s is drafted.") % {"partner": agreement.partner}

    @service_action(
        title=_("Issue"),
        permission=DRAFT,
        explanation=_("It gets its number and is not changed any more."),
        variant=ActionVariant.PRIMARY,
        when=lambda agreement: agreement.status == AgreementStatus.DRAFT,
    )
    def issue(self, request: HttpRequest, agreement: Agreement, /) -> str:
        issued = agreements.issue(agreement_id=agreement.pk, by=actor_of(request), at=clock.now())
        return gettext("Agreement %(number)s is issued.") % {"number": issued.number}

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
        explanation=_("The gateway signs too: the partner may send within the term."),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=lambda agreement: agreement.status == AgreementStatus.SIGNED,
    )
    def activate(self, request: HttpRequest, agreement: Agreement, /) -> str:
        agreements.activate(agreement_id=agreement.pk, by=actor_of(request), at=clock.now())
        return gettext("Agreement %(number)s is active.") % {"number": agreement.number}

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
