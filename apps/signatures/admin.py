"""Signatures: their proofs are looked at, then they are approved or refused."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.admin import ServiceAdmin
from apps.audit.buttons import ReasonForm, actor_of, service_action
from apps.audit.columns import moment, state
from apps.common import clock
from apps.common.templatetags.formats import local_time
from apps.signatures.choices import SignatureStatus
from apps.signatures.models import Signature
from apps.signatures.services import signatures

JUDGE = "signatures.judge_signature"


@admin.register(Signature)
class SignatureAdmin(ServiceAdmin):
    list_display = ("bracketed", "account", "partner", "source", "state", "submitted", "judged_by")
    list_filter = (("status", ChoicesDropdownFilter), ("source", ChoicesDropdownFilter))
    list_select_related = ("account__partner", "account__customer", "judged_by")
    search_fields = ("text", "account__code", "account__partner__name")
    ordering = ("-submitted_at", "-pk")
    fields = (
        "bracketed",
        "papers",
        "source",
        "account",
        "partner",
        "customer",
        "status",
        "reason",
        "is_default",
        "applied_by",
        "submitted",
        "judged_by",
        "judged",
    )
    readonly_fields = fields
    actions_detail = ("approve", "reject", "suspend", "resume", "revoke")

    state = state()
    submitted = moment("submitted_at", _("submitted at"))
    judged = moment("judged_at", _("judged at"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Signature]:
        rows: QuerySet[Signature] = super().get_queryset(request)
        return rows.select_related(*self.list_select_related)

    @display(description=_("signature"), ordering="text")
    def bracketed(self, signature: Signature) -> str:
        return str(signature)

    @display(description=_("partner"))
    def partner(self, signature: Signature) -> str:
        return str(signature.account.partner)

    @display(description=_("proof documents"))
    def papers(self, signature: Signature) -> SafeString:
        """Link to each paper, beside the name that it is to prove."""
        return format_html_join(
            mark_safe("<br>"),
            '<a class="text-primary-600 underline" href="{}" target="_blank" rel="noopener">{}</a> · {}',
            (
                (
                    reverse("backoffice:proof-file", args=[proof.pk]),
                    proof.get_type_display(),
                    local_time(proof.uploaded_at),
                )
                for proof in signature.proofs.order_by("pk")
            ),
        )

    @display(description=_("customer"))
    def customer(self, signature: Signature) -> str:
        return str(signature.account.customer or "—")

    @service_action(
        title=_("Approve"),
        permission=JUDGE,
        explanation=_(
            "The proofs show the right to this name. The account may send with it from now on."
        ),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=lambda signature: signature.status == SignatureStatus.SUBMITTED,
    )
    def approve(self, request: HttpRequest, signature: Signature, /) -> str:
        signatures.approve(signature_id=signature.pk, by=actor_of(request), at=clock.now())
        return gettext("%(signature)s is approved.") % {"signature": signature}

    @service_action(
        title=_("Reject"),
        permission=JUDGE,
        form_class=ReasonForm,
        explanation=_("The partner reads the reason, and may mend the application."),
        icon="close",
        variant=ActionVariant.DANGER,
        when=lambda signature: signature.status == SignatureStatus.SUBMITTED,
    )
    def reject(self, request: HttpRequest, signature: Signature, /, *, reason: str) -> str:
        signatures.reject(
            signature_id=signature.pk, by=actor_of(request), at=clock.now(), reason=reason
        )
        return gettext("%(signature)s is rejected.") % {"signature": signature}

    @service_action(
        title=_("Suspend"),
        permission=JUDGE,
        form_class=ReasonForm,
        explanation=_("Sends with it are refused until it is resumed."),
        variant=ActionVariant.WARNING,
        when=lambda signature: signature.status == SignatureStatus.APPROVED,
    )
    def suspend(self, request: HttpRequest, signature: Signature, /, *, reason: str) -> str:
        signatures.suspend(
            signature_id=signature.pk, by=actor_of(request), at=clock.now(), reason=reason
        )
        return gettext("%(signature)s is suspended.") % {"signature": signature}

    @service_action(
        title=_("Resume"),
        permission=JUDGE,
        explanation=_("The account may send with it again."),
        when=lambda signature: signature.status == SignatureStatus.SUSPENDED,
    )
    def resume(self, request: HttpRequest, signature: Signature, /) -> str:
        signatures.resume(signature_id=signature.pk, by=actor_of(request), at=clock.now())
        return gettext("%(signature)s may be sent with again.") % {"signature": signature}

    @service_action(
        title=_("Revoke"),
        permission=JUDGE,
        form_class=ReasonForm,
        explanation=_("It ends for good; the text may be applied for anew."),
        variant=ActionVariant.DANGER,
        when=lambda signature: (
            signature.status in {SignatureStatus.APPROVED, SignatureStatus.SUSPENDED}
        ),
    )
    def revoke(self, request: HttpRequest, signature: Signature, /, *, reason: str) -> str:
        signatures.revoke(
            signature_id=signature.pk, by=actor_of(request), at=clock.now(), reason=reason
        )
        return gettext("%(signature)s is revoked.") % {"signature": signature}
