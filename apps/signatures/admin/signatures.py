"""Signatures: papers are looked at beside what they are to prove, then approved or refused.

The queue that spans kinds is a page of its own (`backoffice`); these pages hold everything about
one signature, its letter, and the rules.
"""

from datetime import date

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.columns import moment, state
from apps.common.admin.tables import ReadOnlyInline, ServiceAdmin
from apps.common.templatetags.formats import local_time
from apps.reviews import admin as reviews
from apps.signatures import queries
from apps.signatures.admin.columns import JUDGE, LINK, file_link, lines
from apps.signatures.choices import (
    RegisteringOperator,
    RegistrationStatus,
    SignatureStatus,
)
from apps.signatures.findings import findings_of
from apps.signatures.forms import RegistrationForm
from apps.signatures.models import (
    OperatorRegistration,
    Round,
    Signature,
)
from apps.signatures.reasons import REASONS
from apps.signatures.services import registrations, signatures
from apps.signatures.services.kinds import SIGNATURES


class RoundInline(ReadOnlyInline):
    model = Round
    verbose_name_plural = _("submissions")
    ordering = ("-pk",)
    fields = readonly_fields = (
        "order",
        "is_renewal",
        "status",
        "submitted_by",
        "submitted",
        "due",
        "urge_count",
        "judged_by",
        "judged",
        "why",
    )

    submitted = moment("submitted_at", _("submitted at"))
    due = moment("due_at", _("due at"))
    judged = moment("judged_at", _("judged at"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Round]:
        rows: QuerySet[Round] = super().get_queryset(request)
        return rows.select_related("submitted_by", "judged_by")

    @display(description=_("work order"))
    def order(self, row: Round) -> str:
        return str(row)

    @display(description=_("reasons"))
    def why(self, row: Round) -> SafeString | str:
        return lines([*REASONS.labels(row.reasons), *([row.remark] if row.remark else [])])


class RegistrationInline(ReadOnlyInline):
    model = OperatorRegistration
    verbose_name_plural = _("registrations with operators")
    ordering = ("operator",)
    fields = readonly_fields = (
        "operator",
        "status",
        "filed_on",
        "answered_on",
        "extension",
        "remark",
    )


@admin.register(Signature)
class SignatureAdmin(ServiceAdmin):
    list_display = (
        "bracketed",
        "account",
        "partner",
        "source",
        "state",
        "due",
        "submitted",
        "judged_by",
        "holds_until",
    )
    list_filter = (
        ("status", ChoicesDropdownFilter),
        ("source", ChoicesDropdownFilter),
        ("use", ChoicesDropdownFilter),
        ("registrations__status", ChoicesDropdownFilter),
    )
    list_select_related = ("account__partner", "account__customer", "judged_by")
    search_fields = ("text", "account__code", "account__partner__name", "rounds__order_number")
    ordering = ("-submitted_at", "-pk")
    fieldsets = (
        (None, {"fields": ("bracketed", "status", "remark", "findings", "papers", "other_papers")}),
        (
            _("What it is the name of"),
            {
                "fields": (
                    "source",
                    "source_detail",
                    "use",
                    "letter_link",
                    "company_name",
                    "company_code",
                    "legal_person",
                    "operator_name",
                    "operator_id_tail",
                    "samples",
                )
            },
        ),
        (
            _("Whose it is"),
            {"fields": ("account", "partner", "customer", "is_default", "holds_until")},
        ),
        (
            _("How it came about"),
            {"fields": ("entered_by", "submitted", "due", "judged_by", "judged", "similar")},
        ),
    )
    inlines = (RoundInline, RegistrationInline)
    actions_detail = ("approve", "reject", "register", "suspend", "resume", "revoke")

    state = state()
    submitted = moment("submitted_at", _("submitted at"))
    judged = moment("judged_at", _("judged at"))
    due = moment("due_at", _("due at"))

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's hook
        obj: Model | None = None,  # noqa: ARG002
    ) -> tuple[str, ...]:
        return tuple(name for _title, options in self.fieldsets for name in options["fields"])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Signature]:
        rows: QuerySet[Signature] = super().get_queryset(request)
        return rows.select_related(*self.list_select_related)

    @display(description=_("signature"), ordering="text")
    def bracketed(self, signature: Signature) -> str:
        return str(signature)

    @display(description=_("partner"))
    def partner(self, signature: Signature) -> str:
        return str(signature.account.partner)

    @display(description=_("customer"))
    def customer(self, signature: Signature) -> str:
        return str(signature.account.customer or "—")

    @display(description=_("noticed"))
    def findings(self, signature: Signature) -> SafeString | str:
        opened = signature.rounds.waiting().select_related("letter", "signature__account").first()
        return lines(findings_of(opened) if opened else [])

    @display(description=_("proof documents"))
    def papers(self, signature: Signature) -> SafeString | str:
        """Link to each paper, beside the name that it is to prove."""
        return _proofs(signature, removed=False)

    @display(description=_("replaced or removed"))
    def other_papers(self, signature: Signature) -> SafeString | str:
        """Link to the papers that are not with the application any more."""
        return _proofs(signature, removed=True)

    @display(description=_("authorisation letter"))
    def letter_link(self, signature: Signature) -> SafeString | str:
        letter = signature.letter
        if letter is None:
            return "—"
        url = reverse("admin:signatures_authorisationletter_change", args=[letter.pk])
        return format_html(LINK + " · {}", url, letter, letter.get_status_display())

    @display(description=_("sample messages"))
    def samples(self, signature: Signature) -> SafeString | str:
        return lines(signature.sample_texts)

    @display(description=_("similar decisions"))
    def similar(self, signature: Signature) -> SafeString | str:
        """Name earlier decisions about the same text, or one like it."""
        return (
            format_html_join(
                mark_safe("<br>"),
                "{} · {} · {} · {}",
                (
                    (
                        f"【{each.round.text}】",
                        each.round.get_status_display(),
                        each.round.signature.account.partner.name,
                        local_time(each.round.judged_at),
                    )
                    for each in queries.similar_decisions(signature.text, apart_from=[signature.pk])
                ),
            )
            or "—"
        )

    approve = reviews.approve(
        SIGNATURES,
        permission=JUDGE,
        explanation=_(
            "The proofs show the right to this name. The account may send with it from now on."
        ),
    )
    reject = reviews.reject(
        SIGNATURES,
        permission=JUDGE,
        explanation=_("The partner reads the reason, and may mend the application."),
    )
    revoke = reviews.revoke(
        SIGNATURES,
        permission=JUDGE,
        explanation=_("It ends for good; the text may be applied for anew."),
    )

    @service_action(
        title=_("Record registration"),
        permission=JUDGE,
        form_class=RegistrationForm,
        explanation=_("What was filed with an operator, or answered by it. Sends go on."),
        when=lambda signature: signature.status in registrations.REGISTRABLE,
    )
    def register(
        self,
        request: HttpRequest,
        signature: Signature,
        /,
        *,
        operator: str,
        status: str,
        on: date,
        extension: str,
        remark: str,
    ) -> str:
        registration = registrations.record(
            signature_id=signature.pk,
            operator=RegisteringOperator(operator),
            status=RegistrationStatus(status),
            on=on,
            extension=extension,
            remark=remark,
            by=actor_of(request),
            at=clock.now(),
        )
        return str(registration)

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


def _proofs(signature: Signature, *, removed: bool) -> SafeString | str:
    rows = signature.proofs.filter(removed_at__isnull=not removed).order_by("pk")
    return lines(
        format_html(
            "{} · {} · {}",
            file_link("proofs", proof.pk, proof.get_type_display()),
            local_time(proof.uploaded_at),
            proof.valid_until or "—",
        )
        for proof in rows
    )
