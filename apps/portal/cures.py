"""What to do about each error code, for whoever reads it in an answer or on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_RELOAD = _("Somebody was quicker, or the step was taken before. Reload the page and look again.")
_REASON = _("Fill in the reason and repeat. It is recorded, and the partner reads it.")
_OTHER_PERSON = _("Nobody approves what they entered. Ask a colleague with the same role.")
_SCAN = _("Scan or photograph the paper as PDF, JPEG or PNG at about 300 dpi and upload it again.")

_OF_REQUESTS: dict[str, Promise] = {
    "malformed_json": _("Check the body with a JSON validator; it must be one object."),
    "unsupported_encoding": _("Encode the body as UTF-8, without a byte order mark."),
    "unsupported_media_type": _("Set the header Content-Type to application/json."),
    "too_large": _("Send at most 10 000 recipients of one text, or 1 000 personal texts, at once."),
    "method_not_allowed": _("Look the address up in the API reference, and use its method."),
    "validation_error": _("Read “errors” in the answer: it says for each field what is wrong."),
    "missing_key": _("Send the header “Authorization: Bearer” followed by the key."),
    "invalid_key": _("Compare the key with the one you stored; make a new one if in doubt."),
    "revoked_key": _("Put a usable key of the account into your software."),
    "ip_not_allowed": _(
        "Call from one of the key's networks, or let the owner make a key that includes yours."
    ),
    "scope_missing": _("Let the owner make a key that may do this."),
    "too_many_keys": _("Revoke a key that is not used any more, then make the new one."),
    "idempotency_in_flight": _("Wait as long as Retry-After says and send the same request again."),
    "idempotency_mismatch": _("Use a new Idempotency-Key for every new request."),
    "internal_error": _("Repeat with the same Idempotency-Key; if it happens again, tell us."),
    "unavailable": _("Wait as long as Retry-After says and repeat; nothing is charged twice."),
    "not_found": _("Check the id or address. What belongs to somebody else is not found either."),
    "conflict": _RELOAD,
    "not_allowed": _("Ask the owner at your company, or an administrator of the gateway."),
}
_OF_SENDING: dict[str, Promise] = {
    "insufficient_credit": _("Recharge the account, or send to fewer recipients."),
    "account_suspended": _("The reason is on your overview page. Settle it with your contact."),
    "agreement_inactive": _("Sign or renew the cooperation agreement with your contact."),
    "pledge_missing": _("Let the customer sign the security pledge, and hand in the stamped copy."),
    "signature_not_approved": _("Name an approved signature, or apply for this one first."),
    "no_valid_recipient": _("“rejected” in the answer says for each number why."),
}
_OF_PARTNERS: dict[str, Promise] = {
    "partner_exists": _("Search the list of partners for that name."),
    "customer_exists": _("Search the list of customers for that name."),
    "credit_code_invalid": _("Type the 18 characters again as they stand on the licence."),
    "already_member": _("One person works for one partner. Enter another log-in for this one."),
    "staff_cannot_join": _("Use a log-in that is not one of the gateway's staff."),
    "own_account_exists": _("Use that account, or open one for a customer of the partner."),
    "account_reason_missing": _REASON,
    "account_wrong_state": _RELOAD,
    "different_partners": _("Choose two accounts of one partner."),
    "username_taken": _("Choose another log-in name."),
    "own_role": _("Ask another administrator."),
}
_OF_PAPERS: dict[str, Promise] = {
    "agreement_period_invalid": _("Choose an end after the start, or leave it open."),
    "agreement_foreign_rate_table": _("Choose the standard table or one of this partner."),
    "agreement_first_recharge_incomplete": _("Fill in both fields, or empty both."),
    "agreement_wrong_state": _RELOAD,
    "agreement_overlap": _("End the other agreement, or let this one start when that one ends."),
    "agreement_reason_missing": _REASON,
    "agreement_own_draft": _OTHER_PERSON,
    "signature_text_invalid": _("Apply for the bare name, without brackets, blanks or symbols."),
    "signature_exists": _("Look at the application that is there already."),
    "signature_proof_missing": _SCAN,
    "proof_exists": _("Choose another file; this one is with the application."),
    "signature_wrong_state": _RELOAD,
    "signature_reason_missing": _REASON,
    "signature_own_application": _OTHER_PERSON,
    "pledge_period_invalid": _("Choose an end after the start."),
    "pledge_copy_missing": _SCAN,
    "pledge_wrong_state": _RELOAD,
    "pledge_reason_missing": _REASON,
    "pledge_own_filing": _OTHER_PERSON,
    "upload_empty": _SCAN,
    "upload_too_large": _SCAN,
    "upload_type_not_allowed": _SCAN,
    "upload_broken": _SCAN,
    "upload_encrypted": _("Save the PDF without a password and upload it again."),
    "upload_active_content": _("Print the document to a new PDF and upload that."),
    "upload_too_complex": _SCAN,
}
_OF_MONEY: dict[str, Promise] = {
    "amount_invalid": _("Type the amount as the bank wrote it, in yuan with two decimals."),
    "bank_entry_exists": _("Search the bank entries for the serial number."),
    "bank_entry_proposed": _("Confirm the recharge that is proposed, or withdraw it."),
    "bank_entry_wrong_state": _RELOAD,
    "bank_entry_reason_missing": _REASON,
    "recharge_wrong_state": _RELOAD,
    "recharge_own_bank_entry": _OTHER_PERSON,
    "recharge_account_closed": _("Propose another account of the partner, or return the money."),
    "no_rate": _("Publish a version of the standard rate table that holds today."),
    "below_lowest_tier": _("Buy more at once, or agree on a table with a lower first tier."),
    "rate_table_exists": _("Draft a new version of the table that is there."),
    "rate_tiers_invalid": _("Write one tier a line: quantity, a blank, yuan per segment."),
    "rate_version_published": _("Draft a new version that starts later."),
    "rate_version_overlap": _("Choose a start after that of the newest published version."),
    "character_standard_overlap": _("Choose a start after that of the newest standard."),
}
CURES: dict[str, Promise] = {
    **_OF_REQUESTS,
    **_OF_SENDING,
    **_OF_PARTNERS,
    **_OF_PAPERS,
    **_OF_MONEY,
}
