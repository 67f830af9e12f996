"""Credit lines of the gateway's bank statement: typed here, or read from the bank's file."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.columns import moment, money, state
from apps.common.admin.tables import ServiceAdmin
from apps.common.templatetags.formats import grouped, local_time
from apps.partners.models import Account
from apps.recharges.admin.columns import lines, link_to, words_of_clock
from apps.recharges.choices import BankEntryStatus, RechargeStatus
from apps.recharges.forms import BankEntryForm, ProposalForm
from apps.recharges.models import BankEntry
from apps.recharges.services import bank_entries, recharges


def _is_free(entry: BankEntry) -> bool:
    is_proposed = entry.recharges.filter(status=RechargeStatus.PENDING).exists()
    return entry.status == BankEntryStatus.UNMATCHED and not is_proposed


@admin.register(BankEntry)
class BankEntryAdmin(ServiceAdmin):
    list_display = (
        "serial",
        "payer",
        "amount",
        "received",
        "due",
        "settled",
        "state",
        "reference",
        "entered_by",
    )
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("entered_by",)
    search_fields = ("serial", "payer", "reference")
    ordering = ("-received_at", "-pk")
    fields = (
        "bank_account",
        "serial",
        "payer",
        "amount",
        "received",
        "payer_account",
        "reference",
        "status",
        "status_reason",
        "its_recharges",
        "found",
        "due",
        "settled",
        "on_time",
        "breaches",
        "statement",
        "entered_by",
        "entered",
    )
    readonly_fields = fields
    actions_list = ("enter",)
    actions_detail = ("propose", "mark_returned", "discard")

    state = state()
    amount = money("amount_yuan", _("amount, yuan"))
    received = moment("received_at", _("received at"))
    entered = moment("entered_at", _("entered at"))
    found = moment("found_at", _("found at"))
    due = moment("due_at", _("to be credited by"))
    settled = moment("settled_at", _("settled at"))

    @display(description=_("recharges"))
    def its_recharges(self, entry: BankEntry) -> SafeString | str:
        """Show every recharge from it; of several, all but one were taken back."""
        rows = entry.recharges.select_related("account__partner").order_by("-pk")
        return lines(
            format_html("{} {}", link_to(row, f"{row.number} · {row}"), row.get_status_display())
            for row in rows
        )

    @display(description=_("same-day clock"))
    def on_time(self, entry: BankEntry) -> str:
        """Say what is left, or whether it was settled in time."""
        return words_of_clock(entry, at=clock.now())

    @display(description=_("found late before"))
    def breaches(self, entry: BankEntry) -> SafeString | str:
        """Show by when it was to be credited each time that it was not."""
        dues = entry.late_credits.order_by("due_at", "pk").values_list("due_at", flat=True)
        return lines(map(local_time, dues))

    @service_action(
        title=_("Enter a bank entry"),
        permission="recharges.enter_bankentry",
        form_class=BankEntryForm,
        explanation=_("A credit line of the gateway's bank statement, as the bank wrote it."),
        icon="add",
        variant=ActionVariant.PRIMARY,
        is_dialog=False,
    )
    def enter(self, request: HttpRequest, _obj: None, /, **values: Any) -> str:
        entry = bank_entries.enter(by=actor_of(request), at=clock.now(), **values)
        return gettext("%(entry)s is entered. Say whose money it is next.") % {"entry": entry}

    @service_action(
        title=_("Propose a recharge"),
        permission="recharges.propose_recharge",
        form_class=ProposalForm,
        explanation=_("Say whose money this is. Another person confirms it."),
        icon="link",
        variant=ActionVariant.PRIMARY,
        when=_is_free,
    )
    def propose(self, request: HttpRequest, entry: BankEntry, /, *, account: Account) -> str:
        recharge = recharges.propose(
            bank_entry_id=entry.pk, account=account, by=actor_of(request), at=clock.now()
        )
        return gettext("%(segments)s segments for %(account)s wait for a second person.") % {
            "segments": grouped(recharge.segments),
            "account": account,
        }

    @service_action(
        title=_("Money was returned"),
        permission="recharges.enter_bankentry",
        form_class=ReasonForm,
        explanation=_("The money went back to its payer."),
        when=_is_free,
    )
    def mark_returned(self, request: HttpRequest, entry: BankEntry, /, *, reason: str) -> str:
        bank_entries.mark_returned(
            bank_entry_id=entry.pk, by=actor_of(request), reason=reason, at=clock.now()
        )
        return gettext("Written down: the money went back.")

    @service_action(
        title=_("Set aside"),
        permission="recharges.enter_bankentry",
        form_class=ReasonForm,
        explanation=_("This line is no partner's money, such as interest."),
        when=_is_free,
    )
    def discard(self, request: HttpRequest, entry: BankEntry, /, *, reason: str) -> str:
        bank_entries.discard(
            bank_entry_id=entry.pk, by=actor_of(request), reason=reason, at=clock.now()
        )
        return gettext("The line is set aside.")
