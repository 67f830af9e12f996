"""Who gets what in the admin: its buttons by their roles, and the tables."""

from tests.access.outcomes import office
from tests.access.visitors import STAFF, VISITORS

MATRIX_OF_ADMIN_ACTIONS = {
    "agreements_agreement_draft": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_issue": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_revise": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_attach_copy": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_renew": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_mark_signed": ["FINANCE", "ADMINISTRATOR"],
    "agreements_agreement_activate": ["ADMINISTRATOR"],
    "agreements_agreement_terminate": ["ADMINISTRATOR"],
    "agreements_agreementtemplate_copy_latest": ["ADMINISTRATOR"],
    "agreements_agreementtemplate_publish": ["ADMINISTRATOR"],
    "agreements_templateclause_edit": ["ADMINISTRATOR"],
    "agreements_templateclause_add_after": ["ADMINISTRATOR"],
    "agreements_templateclause_remove": ["ADMINISTRATOR"],
    "common_outboxdelivery_retry": ["ADMINISTRATOR"],
    "partners_partner_create": ["ADMINISTRATOR"],
    "partners_partner_open_own_account": ["ADMINISTRATOR"],
    "partners_partner_open_customer_account": ["ADMINISTRATOR"],
    "partners_partner_add_member": ["ADMINISTRATOR"],
    "partners_partner_edit": ["ADMINISTRATOR"],
    "partners_partner_state_security_rules": ["ADMINISTRATOR"],
    "partners_partner_add_customer": ["ADMINISTRATOR"],
    "partners_customer_edit": ["ADMINISTRATOR"],
    "partners_customer_close": ["ADMINISTRATOR"],
    "partners_customer_reopen": ["ADMINISTRATOR"],
    "partners_account_suspend": ["RISK", "ADMINISTRATOR"],
    "partners_account_resume": ["RISK", "ADMINISTRATOR"],
    "partners_apikey_revoke": ["RISK", "ADMINISTRATOR"],
    "pledges_pledge_approve": ["REVIEWER", "ADMINISTRATOR"],
    "pledges_pledge_reject": ["REVIEWER", "ADMINISTRATOR"],
    "pledges_pledge_revoke": ["REVIEWER", "ADMINISTRATOR"],
    "pledges_pledgetemplate_draft": ["ADMINISTRATOR"],
    "pledges_pledgetemplate_edit": ["ADMINISTRATOR"],
    "pledges_pledgetemplate_publish": ["ADMINISTRATOR"],
    "rates_characterstandard_replace": ["ADMINISTRATOR"],
    "rates_ratetable_open_table": ["FINANCE", "ADMINISTRATOR"],
    "rates_ratetable_draft_version": ["FINANCE", "ADMINISTRATOR"],
    "rates_ratetable_end_own": ["FINANCE", "ADMINISTRATOR"],
    "rates_rateversion_publish": ["FINANCE", "ADMINISTRATOR"],
    "rates_rateversion_discard": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankprofile_open_profile": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankprofile_confirm_profile": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankprofile_discard_profile": ["FINANCE", "ADMINISTRATOR"],
    "recharges_expectedrecharge_cancel": ["FINANCE", "ADMINISTRATOR"],
    "recharges_remittance_reject": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankentry_enter": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankentry_propose": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankentry_mark_returned": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankentry_discard": ["FINANCE", "ADMINISTRATOR"],
    "recharges_recharge_confirm": ["FINANCE", "ADMINISTRATOR"],
    "recharges_recharge_withdraw": ["FINANCE", "ADMINISTRATOR"],
    "recharges_recharge_take_back": ["FINANCE", "ADMINISTRATOR"],
    "recharges_recharge_make_receipt": ["FINANCE", "ADMINISTRATOR"],
    "recharges_reversal_approve": ["FINANCE", "ADMINISTRATOR"],
    "recharges_reversal_decline": ["FINANCE", "ADMINISTRATOR"],
    "recharges_reversal_collect": ["FINANCE", "ADMINISTRATOR"],
    "recharges_reversal_write_off": ["FINANCE", "ADMINISTRATOR"],
    "signatures_authorisationletter_approve": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_authorisationletter_reject": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_authorisationletter_revoke": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_approve": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_register": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_reject": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_suspend": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_resume": ["REVIEWER", "ADMINISTRATOR"],
    "signatures_signature_revoke": ["REVIEWER", "ADMINISTRATOR"],
    "users_user_enrol": ["ADMINISTRATOR"],
    "users_user_change_role": ["ADMINISTRATOR"],
    "users_user_reset_password": ["ADMINISTRATOR"],
    "users_user_shut_out": ["ADMINISTRATOR"],
    "users_user_let_in": ["ADMINISTRATOR"],
}
ADMIN = {f"admin:{name}": office(*roles) for name, roles in MATRIX_OF_ADMIN_ACTIONS.items()}

TABLES = [
    "agreements.agreementtemplate agreements.templateclause",
    "agreements.agreement carriers.connector carriers.numbersegment carriers.portednumber",
    "audit.securityevent carriers.route common.outboxdelivery common.specialday",
    "ledger.balance ledger.ledgerentry ledger.transfer messaging.batch messaging.chunk",
    "messaging.message partners.account partners.apikey partners.customer partners.gateway",
    "partners.partner",
    "pledges.pledge pledges.pledgetemplate rates.characterstandard rates.ratetable",
    "rates.rateversion",
    "recharges.bankprofile recharges.expectedrecharge",
    "recharges.latecredit recharges.lot recharges.rechargepolicy recharges.reversal",
    "recharges.bankentry recharges.recharge recharges.remittance signatures.signature users.user",
    "signatures.authorisationletter signatures.signaturepolicy",
]
SETTINGS = {
    "carriers.connector",
    "carriers.numbersegment",
    "carriers.portednumber",
    "carriers.route",
    "common.specialday",
}
for table in " ".join(TABLES).split():
    name = f"admin:{table.replace('.', '_')}"
    writers = ["ADMINISTRATOR"] if table in SETTINGS else []
    nobody = dict.fromkeys(VISITORS, "login") | dict.fromkeys(STAFF, "forbidden")
    ADMIN[f"{name}_changelist"] = office()
    ADMIN[f"{name}_change"] = office()
    ADMIN[f"{name}_history"] = office()
    ADMIN[f"{name}_add"] = office(*writers) if writers else nobody
    ADMIN[f"{name}_delete"] = office(*writers) if writers else nobody
for page in ("changelist", "change", "history"):
    ADMIN[f"admin:audit_securityevent_{page}"] = office("AUDITOR", "ADMINISTRATOR")
