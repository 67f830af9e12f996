"""What acts are called on a page. A test finds every act in the code and fails on one without."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "accounts.close": _("Account closed"),
    "accounts.open": _("Account opened"),
    "accounts.resume": _("Account resumed"),
    "accounts.set_legacy_password": _("New legacy password"),
    "accounts.suspend": _("Account suspended"),
    "agreements.activate": _("Agreement activated"),
    "agreements.draft": _("Agreement drafted"),
    "agreements.expire": _("Agreement expired"),
    "agreements.issue": _("Agreement issued"),
    "agreements.mark_signed": _("Partner signed"),
    "agreements.terminate": _("Agreement terminated"),
    "api_keys.issue": _("API key made"),
    "api_keys.revoke": _("API key revoked"),
    "bank_entries.discard": _("Bank entry set aside"),
    "bank_entries.enter": _("Bank entry entered"),
    "bank_entries.mark_returned": _("Money returned"),
    "partners.add_customer": _("Customer registered"),
    "partners.add_member": _("Person added"),
    "partners.create": _("Partner registered"),
    "pledges.approve": _("Pledge approved"),
    "pledges.attach_signed_copy": _("Signed copy added"),
    "pledges.file": _("Pledge begun"),
    "pledges.reject": _("Pledge rejected"),
    "pledges.revoke": _("Pledge revoked"),
    "pledges.submit": _("Pledge submitted"),
    "rates.draft_version": _("Prices drafted"),
    "rates.open": _("Rate table opened"),
    "rates.publish": _("Prices published"),
    "rates.replace_character_standard": _("Character standard set"),
    "recharges.confirm": _("Recharge confirmed"),
    "recharges.propose": _("Recharge proposed"),
    "recharges.withdraw": _("Proposal withdrawn"),
    "remittances.enter": _("Remittance reported"),
    "signatures.add_proof": _("Proof added"),
    "signatures.approve": _("Signature approved"),
    "signatures.draft": _("Signature begun"),
    "signatures.reject": _("Signature rejected"),
    "signatures.resume": _("Signature resumed"),
    "signatures.revoke": _("Signature revoked"),
    "signatures.set_default": _("Made the default"),
    "signatures.submit": _("Signature submitted"),
    "signatures.suspend": _("Signature suspended"),
    "users.change_role": _("Role changed"),
    "users.enrol": _("Person entered"),
    "users.enter": _("Person entered"),
    "users.let_in": _("Let in again"),
    "users.reset_password": _("New first password"),
    "users.shut_out": _("Shut out"),
}
# Settings tables are written by plain forms: `carriers.route.change`.
_OF_SETTINGS: dict[str, Promise] = {
    "add": _("Setting added"),
    "change": _("Setting changed"),
    "delete": _("Setting deleted"),
}


def label_of(act: str) -> Promise | str:
    """Return an act's name for readers; its own name where it has none here."""
    if act in LABELS:
        return LABELS[act]
    return _OF_SETTINGS.get(act.rpartition(".")[2], act)
