"""The admin's navigation, by what people come to do rather than by table."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.backoffice.queries import Waiting, waiting
from apps.common import clock
from apps.notices.queries import unread_count

Item = dict[str, Any]


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the groups of links, with what waits counted beside them."""
    counts = waiting_of(request)
    return [
        {
            "title": title,
            "separator": False,
            "items": [item for item in items if _may(request, item)],
        }
        for title, items in _groups(counts, unread_count(request.user.pk))
    ]


def waiting_of(request: HttpRequest) -> Waiting:
    """Count what waits, once a request: the navigation and the home both show it."""
    if not hasattr(request, "waiting"):
        request.waiting = waiting(clock.now())  # type: ignore[attr-defined]
    found: Waiting = request.waiting  # type: ignore[attr-defined]
    return found


def _groups(counts: Waiting, unread: int) -> Iterator[tuple[Promise, list[Item]]]:
    yield (
        _("To do"),
        [
            {"title": _("Today"), "icon": "home", "link": reverse("admin:index")},
            _badged(
                {
                    "title": _("Notices"),
                    "icon": "notifications",
                    "link": reverse("backoffice:notice-list"),
                },
                unread,
            ),
            _badged(
                {
                    "title": _("Judge applications"),
                    "icon": "approval",
                    "link": reverse("backoffice:judging-queue"),
                    "needs": "signatures.view_round",
                },
                counts.applications,
            ),
            _badged(
                {
                    "title": _("Match money"),
                    "icon": "join_inner",
                    "link": reverse("backoffice:matching"),
                    "needs": "recharges.view_bankentry",
                },
                counts.bank_entries,
            ),
            _badged(
                {
                    "title": _("Approve recharges"),
                    "icon": "price_check",
                    "link": reverse("backoffice:approvals"),
                    "needs": "recharges.view_recharge",
                },
                counts.approvals,
            ),
            _badged(
                {
                    "title": _("Same-day clock"),
                    "icon": "timer",
                    "link": reverse("backoffice:same-day"),
                    "needs": "recharges.view_bankentry",
                },
                counts.late,
            ),
            _item(
                _("Activate agreements"),
                "contract",
                "agreements.agreement",
                "status__exact=SIGNED",
                counts.agreements,
            ),
            _item(
                _("Approve proposals"),
                "how_to_reg",
                "users.proposal",
                "status__exact=PENDING",
                counts.proposals,
            ),
        ],
    )
    yield (
        _("Partners"),
        [
            _item(_("Partners"), "handshake", "partners.partner"),
            _item(_("Accounts"), "account_circle", "partners.account"),
            _item(_("Customers"), "groups", "partners.customer"),
            _item(_("Agreements"), "description", "agreements.agreement"),
            _item(_("Wording of agreements"), "article", "agreements.agreementtemplate"),
            _item(_("Signatures"), "signature", "signatures.signature"),
            _item(
                _("Authorisation letters"), "approval_delegation", "signatures.authorisationletter"
            ),
            _item(_("Signature rules"), "rule_settings", "signatures.signaturepolicy"),
            _item(_("Security pledges"), "shield", "pledges.pledge"),
            _item(_("Wording of the pledge"), "article", "pledges.pledgetemplate"),
            {
                "title": _("Coverage by pledges"),
                "icon": "fact_check",
                "link": reverse("backoffice:coverage"),
                "needs": "pledges.view_pledge",
            },
            _item(_("API keys"), "key", "partners.apikey"),
        ],
    )
    yield (
        _("Traffic"),
        [
            _item(_("Message log"), "sms", "messaging.message"),
            _item(_("Batches"), "stacks", "messaging.batch"),
            _item(_("Dispatch queue"), "outbox", "messaging.chunk"),
        ],
    )
    yield (
        _("Money"),
        [
            _item(_("Balances"), "account_balance_wallet", "ledger.balance"),
            _item(_("Ledger"), "receipt_long", "ledger.ledgerentry"),
            _item(_("Recharges"), "payments", "recharges.recharge"),
            _item(_("Reversals"), "undo", "recharges.reversal"),
            _item(_("Lots"), "layers", "recharges.lot"),
            {
                "title": _("Bank statements"),
                "icon": "upload_file",
                "link": reverse("backoffice:statement-list"),
                "needs": "recharges.enter_bankentry",
            },
            _item(_("Bank accounts"), "account_balance", "recharges.bankprofile"),
            _item(_("Bank entries"), "account_balance", "recharges.bankentry"),
            _item(_("Remittances"), "request_quote", "recharges.remittance"),
            _item(_("First recharges"), "event_upcoming", "recharges.expectedrecharge"),
            _item(_("Late credits"), "timer_off", "recharges.latecredit"),
            _item(_("Rules of recharging"), "rule_settings", "recharges.rechargepolicy"),
            _item(_("Rate tables"), "sell", "rates.ratetable"),
            _item(_("Prices by date"), "calendar_month", "rates.rateversion"),
            {
                "title": _("Calculator"),
                "icon": "calculate",
                "link": reverse("backoffice:rate-calculator"),
                "needs": "rates.view_ratetable",
            },
            _item(_("Transfers"), "swap_horiz", "ledger.transfer"),
        ],
    )
    yield (
        _("Channels"),
        [
            _item(_("Routes"), "alt_route", "carriers.route"),
            _item(_("Connectors"), "cable", "carriers.connector"),
            _item(_("Number segments"), "dialpad", "carriers.numbersegment"),
            _item(_("Ported numbers"), "sync_alt", "carriers.portednumber"),
            _item(_("Character standards"), "text_fields", "rates.characterstandard"),
        ],
    )
    yield (
        _("System"),
        [
            _item(_("People"), "badge", "users.user"),
            _item(_("Security events"), "security", "audit.securityevent"),
            _item(_("Proposals"), "supervised_user_circle", "users.proposal"),
            _item(_("Special days"), "event", "common.specialday"),
            _item(_("Internal events"), "outgoing_mail", "common.outboxdelivery"),
            _item(_("Gateway's own particulars"), "apartment", "partners.gateway"),
        ],
    )


def _item(title: Promise, icon: str, model: str, query: str = "", count: int = 0) -> Item:
    app, name = model.split(".")
    address = reverse(f"admin:{app}_{name}_changelist")
    item: Item = {
        "title": title,
        "icon": icon,
        "link": f"{address}?{query}" if query else address,
        "needs": f"{app}.view_{name}",
    }
    return _badged(item, count)


def _badged(item: Item, count: int) -> Item:
    return item | {"badge": count, "badge_variant": "warning"} if count else item


def _may(request: HttpRequest, item: Item) -> bool:
    """Keep what the person may open, and mark where they are."""
    here = item["link"].partition("?")
    query = here[2]
    item["active"] = request.path.startswith(here[0]) and here[0] != reverse("admin:index")
    if query or item["active"]:
        is_narrowed = bool(query) and query in request.GET.urlencode()
        item["active"] = item["active"] and (is_narrowed if query else not _is_narrowed(request))
    if here[0] == reverse("admin:index"):
        item["active"] = request.path == here[0]
    return "needs" not in item or request.user.has_perm(item["needs"])


def _is_narrowed(request: HttpRequest) -> bool:
    return "status__exact" in request.GET
