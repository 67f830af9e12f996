"""Authorisation letters: the scan is looked at, then judged."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.columns import moment, state
from apps.common.admin.tables import ServiceAdmin
from apps.signatures.admin.columns import JUDGE, file_link, lines
from apps.signatures.choices import LetterStatus
from apps.signatures.forms import RejectionForm
from apps.signatures.models import AuthorisationLetter
from apps.signatures.services import letter_judgements


@admin.register(AuthorisationLetter)
class AuthorisationLetterAdmin(ServiceAdmin):
    list_display = (
        "grantor_name",
        "grantee_name",
        "partner",
        "state",
        "valid_from",
        "valid_until",
        "due",
    )
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("partner", "entered_by", "judged_by")
    search_fields = ("grantor_name", "grantor_code", "grantee_name", "order_number")
    ordering = ("-submitted_at", "-pk")
    fields = (
        "partner",
        "order_number",
        "grantor_name",
        "grantor_code",
        "grantee_name",
        "valid_from",
        "valid_until",
        "scope",
        "scan",
        "status",
        "why",
        "entered_by",
        "submitted",
        "due",
        "judged_by",
        "judged",
    )
    readonly_fields = fields
    actions_detail = ("approve", "reject", "revoke")

    state = state()
    submitted = moment("submitted_at", _("submitted at"))
    due = moment("due_at", _("due at"))
    judged = moment("judged_at", _("judged at"))

    @display(description=_("covers"))
    def scope(self, letter: AuthorisationLetter) -> SafeString | str:
        if letter.covers_all:
            return gettext("Every signature")
        return lines(f"【{text}】" for text in letter.texts)

    @display(description=_("scan"))
    def scan(self, letter: AuthorisationLetter) -> SafeString | str:
        return file_link("letters", letter.pk, gettext("Look at it")) if letter.file else "—"

    @display(description=_("reasons"))
    def why(self, letter: AuthorisationLetter) -> SafeString | str:
        return lines([*letter.reason_labels, *([letter.remark] if letter.remark else [])])

    @service_action(
        title=_("Approve"),
        permission=JUDGE,
        explanation=_("The letter is sealed by the company that authorises and names the other."),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=lambda letter: letter.status == LetterStatus.SUBMITTED,
    )
    def approve(self, request: HttpRequest, letter: AuthorisationLetter, /) -> str:
        letter_judgements.approve(letter_id=letter.pk, by=actor_of(request), at=clock.now())
        return gettext("The letter of %(grantor)s is approved.") % {"grantor": letter.grantor_name}

    @service_action(
        title=_("Reject"),
        permission=JUDGE,
        form_class=RejectionForm,
        explanation=_("The partner reads the reason, and may mend the letter."),
        icon="close",
        variant=ActionVariant.DANGER,
        when=lambda letter: letter.status == LetterStatus.SUBMITTED,
    )
    def reject(
        self,
        request: HttpRequest,
        letter: AuthorisationLetter,
        /,
        *,
        reasons: list[str],
        remark: str,
    ) -> str:
        letter_judgements.reject(
            letter_id=letter.pk,
            reasons=reasons,
            remark=remark,
            by=actor_of(request),
            at=clock.now(),
        )
        return gettext("The letter of %(grantor)s is rejected.") % {"grantor": letter.grantor_name}

    @service_action(
        title=_("Revoke"),
        permission=JUDGE,
        form_class=ReasonForm,
        explanation=_("Every signature that holds by this letter stops at once."),
        variant=ActionVariant.DANGER,
        when=lambda letter: letter.status == LetterStatus.APPROVED,
    )
    def revoke(self, request: HttpRequest, letter: AuthorisationLetter, /, *, reason: str) -> str:
        letter_judgements.revoke(
            letter_id=letter.pk, by=actor_of(request), at=clock.now(), reason=reason
        )
        return gettext("The letter of %(grantor)s is revoked.") % {"grantor": letter.grantor_name}
