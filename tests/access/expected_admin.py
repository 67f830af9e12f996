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
    "pledges_pledge_approve": ["REVIEWER"],
    "pledges_pledge_reject": ["REVIEWER"],
    "pledges_pledge_revoke": ["REVIEWER"],
    "pledges_pledgetemplate_draft": ["ADMINISTRATOR"],
    "pledges_pledgetemplate_edit": ["ADMINISTRATOR"],
    "pledges_pledgetemplate_publish": ["ADMINISTRATOR"],
    "rates_characterstandard_replace": ["ADMINISTRATOR"],
    "rates_ratetable_open_table": ["FINANCE"],
    "rates_ratetable_draft_version": ["FINANCE"],
    "rates_ratetable_end_own": ["FINANCE"],
    "rates_rateversion_publish": ["FINANCE"],
    "rates_rateversion_discard": ["FINANCE"],
    "recharges_bankprofile_open_profile": ["FINANCE"],
    "recharges_bankprofile_confirm_profile": ["FINANCE", "ADMINISTRATOR"],
    "recharges_bankprofile_discard_profile": ["FINANCE"],
    "recharges_expectedrecharge_cancel": ["FINANCE"],
    "recharges_remittance_reject": ["FINANCE"],
    "recharges_bankentry_enter": ["FINANCE"],
    "recharges_bankentry_propose": ["FINANCE"],
    "recharges_bankentry_mark_returned": ["FINANCE"],
    "recharges_bankentry_discard": ["FINANCE"],
    "recharges_recharge_confirm": ["FINANCE"],
    "recharges_recharge_withdraw": ["FINANCE"],
    "recharges_recharge_take_back": ["FINANCE"],
    "recharges_recharge_make_receipt": ["FINANCE"],
    "recharges_reversal_approve": ["FINANCE"],
    "recharges_reversal_decline": ["FINANCE"],
    "recharges_reversal_collect": ["FINANCE"],
    "recharges_reversal_write_off": ["FINANCE"],
    "signatures_authorisationletter_approve": ["REVIEWER"],
    "signatures_authorisationletter_reject": ["REVIEWER"],
    "signatures_authorisationletter_revoke": ["REVIEWER"],
    "signatures_signature_approve": ["REVIEWER"],
    "signatures_signature_register": ["REVIEWER"],
    "signatures_signature_reject": ["REVIEWER"],
    "signatures_signature_suspend": ["REVIEWER"],
    "signatures_signature_resume": ["REVIEWER"],
    "signatures_signature_revoke": ["REVIEWER"],
    "users_user_enrol": ["ADMINISTRATOR"],
    "users_user_change_role": ["ADMINISTRATOR"],
    "users_user_reset_password": ["ADMINISTRATOR"],
    "users_user_shut_out": ["ADMINISTRATOR"],
    "users_user_let_in": ["ADMINISTRATOR"],
    "users_proposal_approve": ["RISK", "ADMINISTRATOR"],
    "users_proposal_decline": ["RISK", "ADMINISTRATOR"],
    "recharges_rechargepolicy_propose": ["ADMINISTRATOR"],
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
    "users.proposal",
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
