"""Recharges: matched or proposed, approved by a second person, and taken back."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.enums import ActionVariant

from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.columns import moment, money, quantity, state
from apps.common.admin.outcomes import Leads, ShownOnce, Text
from apps.common.admin.tables import ServiceAdmin
from apps.common.templatetags.formats import grouped
from apps.recharges.admin.columns import file_link, lines, link_to, words_of_lot, words_of_reversal
from apps.recharges.choices import RechargeStatus, ReversalCause, ReversalStatus
from apps.recharges.forms import ReversalForm
from apps.recharges.models import Recharge
from apps.recharges.queries import approvals
from apps.recharges.services import receipts, recharges, reversals


@admin.register(Recharge)
class RechargeAdmin(ServiceAdmin):
    list_display = (
        "numbered",
        "account",
        "partner",
        "amount",
        "price",
        "credited",
        "state",
        "entered_by",
        "entered",
        "confirmed_by",
    )
    list_filter = (("status", ChoicesDropdownFilter),)
    list_select_related = ("account__partner", "entered_by", "confirmed_by")
    search_fields = ("account__code", "account__partner__name", "bank_entry__serial")
    ordering = ("-entered_at", "-pk")
    fields = (
        "numbered",
        "account",
        "partner",
        "its_bank_entry",
        "payer",
        "amount",
        "rate_version",
        "price",
        "credited",
        "remainder",
        "status",
        "entered_by",
        "entered",
        "confirmed_by",
        "confirmed",
        "its_receipt",
        "its_lot",
        "its_reversals",
    )
    readonly_fields = fields
    actions_detail = ("confirm", "withdraw", "make_receipt", "take_back")

    state = state()
    amount = money("amount_yuan", _("amount, yuan"))
    price = money("unit_price_yuan", _("yuan per segment"))
    credited = quantity("segments", _("segments"))
    remainder = money("remainder_yuan", _("remainder, yuan"))
    entered = moment("entered_at", _("proposed at"))
    confirmed = moment("confirmed_at", _("confirmed at"))

    @display(description=_("partner"))
    def partner(self, recharge: Recharge) -> str:
        return str(recharge.account.partner)

    @display(description=_("payer"))
    def payer(self, recharge: Recharge) -> str:
        return recharge.bank_entry.payer

    @display(description=_("recharge number"), ordering="pk")
    def numbered(self, recharge: Recharge) -> str:
        return recharge.number

    @display(description=_("bank entry"))
    def its_bank_entry(self, recharge: Recharge) -> SafeString:
        return link_to(recharge.bank_entry, recharge.bank_entry)

    @display(description=_("recharge receipt"))
    def its_receipt(self, recharge: Recharge) -> SafeString | str:
        if not hasattr(recharge, "receipt"):
            return "—"
        return file_link("receipts", recharge.receipt.pk, gettext("Look at it"))

    @display(description=_("lot"))
    def its_lot(self, recharge: Recharge) -> SafeString | str:
        """Show what of it is left where it was credited, and what was moved on."""
        rows = recharge.lots.select_related("account").order_by("parent", "pk")
        return lines(link_to(row, words_of_lot(row)) for row in rows)

    @display(description=_("reversals"))
    def its_reversals(self, recharge: Recharge) -> SafeString | str:
        rows = recharge.reversals.order_by("-pk")
        return lines(link_to(row, words_of_reversal(row)) for row in rows)

    @service_action(
        title=_("Confirm"),
        permission="recharges.confirm_recharge",
        explanation=_(
            "Compare payer, amount and account first. The segments are credited at once."
        ),
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=lambda recharge: recharge.status == RechargeStatus.PENDING,
        judged=lambda recharge, by: approvals.judgement_of(recharge, by=by, at=clock.now()),
    )
    def confirm(self, request: HttpRequest, recharge: Recharge, /) -> str:
        recharges.confirm(recharge_id=recharge.pk, by=actor_of(request), at=clock.now())
        return gettext("%(segments)s segments are credited to %(account)s.") % {
            "segments": grouped(recharge.segments),
            "account": recharge.account,
        }

    @service_action(
        title=_("Withdraw"),
        permission="recharges.propose_recharge",
        form_class=ReasonForm,
        explanation=_("The bank entry is free again for another proposal."),
        variant=ActionVariant.DANGER,
        when=lambda recharge: recharge.status == RechargeStatus.PENDING,
    )
    def withdraw(self, request: HttpRequest, recharge: Recharge, /, *, reason: str) -> str:
        recharges.withdraw(recharge_id=recharge.pk, by=actor_of(request), reason=reason)
        return gettext("The proposal is withdrawn.")

    @service_action(
        title=_("Take back"),
        permission="recharges.request_reversal",
        form_class=ReversalForm,
        explanation=_("What is available is frozen at once. Another person of finance approves."),
        icon="undo",
        variant=ActionVariant.DANGER,
        when=lambda recharge: (
            recharge.status == RechargeStatus.CONFIRMED
            and not recharge.reversals.filter(status=ReversalStatus.PENDING).exists()
        ),
        is_dialog=False,
    )
    def take_back(
        self, request: HttpRequest, recharge: Recharge, /, *, cause: ReversalCause, reason: str
    ) -> str:
        reversal = reversals.request(
            recharge_id=recharge.pk,
            cause=cause,
            reason=reason,
            by=actor_of(request),
            at=clock.now(),
        )
        return gettext("%(frozen)s segments are frozen; another person of finance decides.") % {
            "frozen": grouped(reversal.held_segments)
        }

    @service_action(
        title=_("Recharge receipt"),
        permission="recharges.confirm_recharge",
        explanation=_("The signed paper of this recharge is made and opened; it is kept for good."),
        icon="receipt_long",
        when=lambda recharge: (
            recharge.status == RechargeStatus.CONFIRMED and not hasattr(recharge, "receipt")
        ),
    )
    def make_receipt(self, request: HttpRequest, recharge: Recharge, /) -> Leads:  # noqa: ARG002 - the button's form
        receipt = receipts.receipt_of(recharge_id=recharge.pk, at=clock.now())
        return Leads(
            gettext("The receipt is made."),
            reverse("backoffice:file-view", args=["receipts", receipt.pk]),
        )

    def finish(
        self, request: HttpRequest, obj: Model | None, outcome: Text | ShownOnce
    ) -> HttpResponse:
        """Go back to the list when the proposal is gone."""
        is_there = obj is not None and Recharge.objects.filter(pk=obj.pk).exists()
        return super().finish(request, obj if is_there else None, outcome)
