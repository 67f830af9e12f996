"""Every route of the URLconf, and an address of it that exists in the world."""

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.urls import URLPattern, get_resolver, reverse

from apps.recharges.models import Recharge, Remittance, StatementImport
from apps.signatures.models import Signature


def routes(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)


# The admin answers what it does not know by itself; the jump from a row to its change page.
UNNAMED = {"admin:(?P<url>.*)$", "admin:<path:object_id>/"}
ROUTES = sorted(set(routes(get_resolver().url_patterns)) - UNNAMED)

TO_JUDGE_ALL = {"queue", "together"}
OF_A_SLIP = ("detail", "edit", "slip", "withdraw")


def address_of(route, world):
    fixed = {
        "portal:notice-read": [1],
        "backoffice:notice-read": [1],
        "portal:key-revoke": [world.key.prefix],
        "portal:signature-detail": [world.draft.pk],
        "portal:signature-edit": [world.draft.pk],
        "portal:signature-step": [world.draft.pk, "submit"],
        "portal:proof-add": [world.draft.pk],
        "portal:proof-reuse": [world.draft.pk],
        "portal:proof-replace": [1],
        "portal:proof-remove": [1],
        "portal:letter-detail": [world.letter.pk],
        "portal:letter-edit": [world.letter.pk],
        "portal:letter-scan": [world.letter.pk],
        "portal:letter-step": [world.letter.pk, "submit"],
        "backoffice:statement-preview": [_pk_of_statement()],
        "backoffice:approval-approve": [1],
        "backoffice:approval-send-back": [1],
        "backoffice:reversal-approve": [1],
        "backoffice:reversal-decline": [1],
        "backoffice:statement-store": [1],
        "backoffice:statement-discard": [1],
        **{f"portal:recharge-{page}": [_pk_of(Recharge)] for page in ("detail", "receipt")},
        **{f"portal:remittance-{page}": [_pk_of(Remittance)] for page in OF_A_SLIP},
        "portal:error-detail": ["not_found"],
        "admin:app_list": ["partners"],
        "admin:view_on_site": [1, 1],
        "api:message-detail": ["msg_" + "0" * 32],
        "api:account-detail": ["TCLKJ00000"],
        "api:transfer-list": ["TCLKJ00000"],
        "api:batch-detail": ["bat_" + "0" * 32],
        **{f"api:signature-{name}": ["sig_1"] for name in ("detail", "submit", "urge")},
        "api:proof-list": ["sig_1"],
        "api:customer-detail": ["cus_1"],
        **{f"api:pledge-{name}": ["plg_1"] for name in ("detail", "form", "copy", "submit")},
        "account_reset_password_from_key": ["1", "x-y"],
        "account_confirm_email": ["x"],
    }
    if route in fixed:
        return reverse(route, args=fixed[route])
    if route.startswith(("portal:customer-", "portal:pledge-", "portal:agreement-")):
        return _of_papers(route, world.account)
    if route == "api:nothing":
        return "/api/v1/nothing"
    if route.startswith("backoffice:judging-") and route.rpartition("-")[2] not in TO_JUDGE_ALL:
        return reverse(route, args=["signatures", Signature.objects.get(due_at__isnull=False).pk])
    if route.partition(":")[2] in {"file-download", "file-page", "file-view"}:
        slip = Remittance.objects.order_by("pk").first()
        page = [1] if route.endswith("file-page") else []
        return reverse(route, args=["vouchers", slip.pk, *page])
    if route in {"mfa_remove_webauthn", "mfa_edit_webauthn"}:
        return reverse(route, args=[1])
    takes_row = route.startswith("admin:") and not _is_of_list(route)
    return reverse(route, args=[quote(_first(route).pk)] if takes_row and _first(route) else [])


def _of_papers(route, account):
    """Name the customer of the account, its pledge or its partner's agreement."""
    noun, _, page = route.removeprefix("portal:").partition("-")
    rows = {
        "customer": account.partner.customers,
        "pledge": account.customer.pledges,
        "agreement": account.partner.agreements,
    }
    if page in {"list", "new"}:
        return reverse(route)
    row = account.customer if page == "begin" else rows[noun].get()
    return reverse(route, args=[row.pk, *(["submit"] if page == "step" else [])])


def _pk_of(model):
    return model.objects.order_by("pk").values_list("pk", flat=True).first()


def _pk_of_statement():
    return StatementImport.objects.values_list("pk", flat=True).get()


LIST_ACTIONS = (
    "_draft",
    "_copy_latest",
    "_create",
    "_replace",
    "_open_table",
    "_open_profile",
    "_enter",
    "_enrol",
    "_rechargepolicy_propose",
)


def _is_of_list(route):
    return route.count("_") < 2 or route.endswith(("_changelist", "_add", *LIST_ACTIONS))


def _first(route):
    for model in admin.site._registry:
        if route.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            return model.objects.order_by("pk").first()
    return None
