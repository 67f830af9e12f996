"""Authorisation letters: the scan is looked at, then judged."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from apps.common.admin.columns import moment, state
from apps.common.admin.tables import ServiceAdmin
from apps.reviews import admin as reviews
from apps.signatures.admin.columns import JUDGE, file_link, lines
from apps.signatures.models import AuthorisationLetter
from apps.signatures.reasons import LETTER_REASONS
from apps.signatures.services.kinds import LETTERS


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
        return lines(
            [*LETTER_REASONS.labels(letter.reasons), *([letter.remark] if letter.remark else [])]
        )

    approve = reviews.approve(
        LETTERS,
        permission=JUDGE,
        explanation=_("The letter is sealed by the company that authorises and names the other."),
    )
    reject = reviews.reject(
        LETTERS,
        permission=JUDGE,
        explanation=_("The partner reads the reason, and may mend the letter."),
    )
    revoke = reviews.revoke(
        LETTERS,
        permission=JUDGE,
        explanation=_("Every signature that holds by this letter stops at once."),
    )
