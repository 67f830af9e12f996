"""Who gets what at every address; the words are those of `outcomes`."""

from tests.access.expected_admin import ADMIN
from tests.access.outcomes import everybody, office, portal, signed_in
from tests.access.visitors import ANONYMOUS, OTHER, STAFF

# Another partner's slip is not found, rather than forbidden.
OF_THE_SLIP = portal("OWNER", "FINANCE", "VIEWER") | {OTHER: "missing"}
ALL = ("OWNER", "FINANCE", "OPERATOR", "VIEWER")
WRITERS = ("OWNER", "OPERATOR")
# What belongs to a partner is not found by another's people, whatever their role there.
OF_SIGNATURES = {
    "portal:signature-list": portal(*ALL),
    "portal:signature-detail": portal(*ALL) | {OTHER: "missing"},
    "portal:signature-new": portal(*WRITERS),
    "portal:signature-text": portal(*WRITERS),
    "portal:signature-edit": portal(*WRITERS) | {OTHER: "missing"},
    "portal:letter-list": portal(*ALL),
    "portal:letter-detail": portal(*ALL) | {OTHER: "missing"},
    "portal:letter-new": portal(*WRITERS),
    "portal:letter-edit": portal(*WRITERS) | {OTHER: "missing"},
    "portal:signature-save": everybody("method"),
    "portal:signature-step": everybody("method"),
    "portal:proof-add": everybody("method"),
    "portal:proof-reuse": everybody("method"),
    "portal:proof-replace": everybody("method"),
    "portal:proof-remove": everybody("method"),
    "portal:letter-scan": everybody("method"),
    "portal:letter-step": everybody("method"),
}
OF_CUSTOMERS = portal("OWNER", "FINANCE", "OPERATOR", "VIEWER")
OF_AGREEMENTS = portal("OWNER", "FINANCE", "VIEWER")
WRITES_CUSTOMERS = portal("OWNER", "OPERATOR")
HIDDEN = {OTHER: "missing"}
EXPECTED = {
    "portal:customer-list": OF_CUSTOMERS,
    "portal:customer-new": WRITES_CUSTOMERS,
    "portal:customer-detail": OF_CUSTOMERS | HIDDEN,
    "portal:customer-edit": WRITES_CUSTOMERS | HIDDEN,
    "portal:customer-close": WRITES_CUSTOMERS | HIDDEN,
    "portal:customer-reopen": everybody("method"),
    "portal:pledge-begin": everybody("method"),
    "portal:pledge-detail": OF_CUSTOMERS | HIDDEN,
    "portal:pledge-edit": WRITES_CUSTOMERS | HIDDEN,
    "portal:pledge-copy": everybody("method"),
    "portal:pledge-step": everybody("method"),
    "portal:agreement-list": OF_AGREEMENTS,
    "portal:agreement-detail": OF_AGREEMENTS | HIDDEN,
    "portal:agreement-copy": everybody("method"),
    "portal:home": portal("OWNER", "FINANCE", "OPERATOR", "VIEWER") | dict.fromkeys(STAFF, "moves"),
    "portal:message-list": portal("OWNER", "OPERATOR", "VIEWER"),
    "portal:recharge-list": portal("OWNER", "FINANCE", "VIEWER"),
    "portal:recharge-detail": OF_THE_SLIP,
    "portal:recharge-receipt": portal("OWNER", "FINANCE", "VIEWER", sees="moves") | HIDDEN,
    "portal:remittance-new": portal("OWNER", "FINANCE"),
    "portal:remittance-detail": OF_THE_SLIP,
    "portal:remittance-edit": portal("OWNER", "FINANCE") | HIDDEN,
    "portal:remittance-slip": everybody("method"),
    "portal:remittance-withdraw": everybody("method"),
    "portal:ledger": portal("OWNER", "FINANCE", "VIEWER"),
    "portal:transfer-list": portal("OWNER", "FINANCE"),
    "portal:transfer-confirm": everybody("method"),
    "portal:calculator": portal("OWNER", "FINANCE", "VIEWER"),
    "portal:alert-list": portal("OWNER", "FINANCE"),
    "portal:key-list": portal("OWNER", "OPERATOR"),
    "portal:key-issue": portal("OWNER"),
    "portal:key-revoke": everybody("method"),
    "portal:notice-list": portal("OWNER", "FINANCE", "OPERATOR", "VIEWER"),
    "portal:notice-read": everybody("method"),
    "portal:notice-read-all": everybody("method"),
    "portal:error-list": everybody("sees"),
    "portal:error-detail": everybody("sees"),
    "portal:file-download": OF_THE_SLIP,
    "portal:file-page": OF_THE_SLIP,
    "portal:file-view": OF_THE_SLIP,
    "backoffice:file-download": office(),
    "backoffice:file-page": office(),
    "backoffice:file-view": office(),
    "backoffice:judging-queue": office(),
    "backoffice:judging-application": office(),
    "backoffice:judging-together": office("REVIEWER"),
    "backoffice:judging-take": everybody("method"),
    "backoffice:judging-release": everybody("method"),
    "backoffice:judging-approve": everybody("method"),
    "backoffice:judging-reject": everybody("method"),
    "backoffice:notice-list": office(),
    "backoffice:notice-read": everybody("method"),
    "backoffice:notice-read-all": everybody("method"),
    "backoffice:coverage": office(),
    "backoffice:coverage-csv": office(),
    "backoffice:approvals": office(),
    "backoffice:approval-approve": everybody("method"),
    "backoffice:approval-send-back": everybody("method"),
    "backoffice:reversal-approve": everybody("method"),
    "backoffice:reversal-decline": everybody("method"),
    "backoffice:same-day": office(),
    "backoffice:same-day-csv": office(),
    "backoffice:matching": office(),
    "backoffice:matching-confirm": everybody("method"),
    "backoffice:statement-list": office("FINANCE"),
    "backoffice:statement-preview": office("FINANCE"),
    "backoffice:statement-store": everybody("method"),
    "backoffice:statement-discard": everybody("method"),
    "backoffice:gallery": office(),
    "backoffice:rate-calculator": office(),
    "set_language": everybody("moves"),
    "admin:index": office(),
    "admin:login": everybody("forbidden") | {ANONYMOUS: "login"} | dict.fromkeys(STAFF, "moves"),
    "admin:logout": everybody("moves"),
    "admin:password_change": office(sees="moves"),
    "admin:password_change_done": office(sees="moves"),
    "admin:autocomplete": office(sees="forbidden"),
    "admin:jsi18n": office(),
    "admin:view_on_site": office(sees="missing"),
    "admin:app_list": office(),
    "admin:search": office(),
}
EXPECTED |= OF_SIGNATURES
EXPECTED |= ADMIN

# Signing in and out, and one's own password and second factor: allauth's pages, drawn by us.
EXPECTED |= {
    "account_login": everybody("moves") | {ANONYMOUS: "sees"},
    "account_logout": signed_in(),
    "account_inactive": everybody("sees"),
    "account_signup": everybody("moves") | {ANONYMOUS: "sees"},
    "account_reauthenticate": signed_in(),
    "account_email": signed_in(),
    "account_email_verification_sent": everybody("sees"),
    "account_change_password": signed_in(),
    "account_set_password": signed_in("moves"),
    "account_reset_password": everybody("sees"),
    "account_reset_password_done": everybody("sees"),
    "account_reset_password_from_key": everybody("sees"),
    "account_reset_password_from_key_done": everybody("sees"),
    "account_confirm_login_code": everybody("moves") | {ANONYMOUS: "login"},
    "account_confirm_email": everybody("sees"),
    "mfa_index": signed_in(),
    "mfa_authenticate": everybody("moves") | {ANONYMOUS: "login"},
    # What changes the second factor asks for the password once more.
    "mfa_reauthenticate": signed_in("moves"),
    "mfa_activate_totp": signed_in("moves"),
    "mfa_deactivate_totp": signed_in("missing"),
    "mfa_view_recovery_codes": signed_in("missing"),
    "mfa_generate_recovery_codes": signed_in("moves"),
    "mfa_download_recovery_codes": signed_in("missing"),
    "mfa_list_webauthn": signed_in(),
    "mfa_add_webauthn": signed_in("moves"),
    "mfa_reauthenticate_webauthn": signed_in("moves"),
    "mfa_remove_webauthn": signed_in("moves"),
    "mfa_edit_webauthn": signed_in("moves"),
    "healthz": everybody("sees"),
    "readyz": everybody("unready"),
}
# The REST interface knows no browser session: a key or nothing.
EXPECTED |= {
    f"api:{name}": everybody("refused")
    for name in ("quote", "account-list", "account-detail", "transfer-list")
}
EXPECTED |= {
    f"api:{name}": everybody("refused")
    for name in ("message-list", "message-detail", "batch-detail", "balance", "ledger", "nothing")
}
EXPECTED |= {
    f"api:{name}": everybody("refused")
    for name in (
        *("signature-list", "signature-detail", "proof-list", "signature-submit", "signature-urge"),
        *("customer-list", "customer-detail", "pledge-list", "pledge-detail", "pledge-form"),
        *("pledge-copy", "pledge-submit", "recharge-list"),
    )
}
EXPECTED |= {f"api:{name}": everybody("sees") for name in ("schema", "docs")}
EXPECTED["backoffice:alpine-expressions"] = everybody("sees")
