"""Addresses of the partner portal, and of the public pages that explain errors."""

from django.urls import path

from apps.portal.agreements import views as agreements
from apps.portal.alerts import views as alerts
from apps.portal.calculator import views as calculator
from apps.portal.customers import views as customers
from apps.portal.errors import views as errors
from apps.portal.files import views as files
from apps.portal.home import views as home
from apps.portal.keys import views as keys
from apps.portal.ledger import views as ledger
from apps.portal.letters import views as letters
from apps.portal.messages import views as messages
from apps.portal.notices import views as notices
from apps.portal.pledges import views as pledges
from apps.portal.recharges import views as recharges
from apps.portal.remittances import views as remittances
from apps.portal.signatures.views import applications as signature_applications
from apps.portal.signatures.views import papers as signature_papers
from apps.portal.signatures.views import signatures
from apps.portal.transfers import views as transfers

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("messages/", messages.message_list, name="message-list"),
    path("recharges/", recharges.recharge_list, name="recharge-list"),
    path("recharges/<row:pk>/", recharges.recharge_detail, name="recharge-detail"),
    path("recharges/<row:pk>/receipt/", recharges.recharge_receipt, name="recharge-receipt"),
    path("remittances/new/", remittances.remittance_new, name="remittance-new"),
    path("remittances/<row:pk>/", remittances.remittance_detail, name="remittance-detail"),
    path("remittances/<row:pk>/edit/", remittances.remittance_edit, name="remittance-edit"),
    path("remittances/<row:pk>/slip/", remittances.remittance_slip, name="remittance-slip"),
    path(
        "remittances/<row:pk>/withdraw/",
        remittances.remittance_withdraw,
        name="remittance-withdraw",
    ),
    path("ledger/", ledger.ledger, name="ledger"),
    path("transfers/", transfers.transfer_list, name="transfer-list"),
    path("transfers/confirm/", transfers.transfer_confirm, name="transfer-confirm"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("alerts/", alerts.alert_list, name="alert-list"),
    path("signatures/", signatures.signature_list, name="signature-list"),
    path("signatures/new/", signature_applications.signature_new, name="signature-new"),
    path("signatures/save/", signature_applications.signature_save, name="signature-save"),
    path("signatures/text/", signature_applications.signature_text, name="signature-text"),
    path("signatures/<row:pk>/", signatures.signature_detail, name="signature-detail"),
    path("signatures/<row:pk>/edit/", signature_applications.signature_edit, name="signature-edit"),
    path("signatures/<row:pk>/proofs/", signature_papers.proof_add, name="proof-add"),
    path("signatures/<row:pk>/proofs/known/", signature_papers.proof_reuse, name="proof-reuse"),
    path("signatures/<row:pk>/<slug:step>/", signatures.signature_step, name="signature-step"),
    path("proofs/<row:pk>/replace/", signature_papers.proof_replace, name="proof-replace"),
    path("proofs/<row:pk>/remove/", signature_papers.proof_remove, name="proof-remove"),
    path("letters/", letters.letter_list, name="letter-list"),
    path("letters/new/", letters.letter_new, name="letter-new"),
    path("letters/<row:pk>/", letters.letter_detail, name="letter-detail"),
    path("letters/<row:pk>/edit/", letters.letter_edit, name="letter-edit"),
    path("letters/<row:pk>/scan/", letters.letter_scan, name="letter-scan"),
    path("letters/<row:pk>/<slug:step>/", letters.letter_step, name="letter-step"),
    path("customers/", customers.customer_list, name="customer-list"),
    path("customers/new/", customers.customer_new, name="customer-new"),
    path("customers/<row:pk>/", customers.customer_detail, name="customer-detail"),
    path("customers/<row:pk>/edit/", customers.customer_edit, name="customer-edit"),
    path("customers/<row:pk>/close/", customers.customer_close, name="customer-close"),
    path("customers/<row:pk>/reopen/", customers.customer_reopen, name="customer-reopen"),
    path("customers/<row:pk>/pledge/", pledges.pledge_begin, name="pledge-begin"),
    path("pledges/<row:pk>/", pledges.pledge_detail, name="pledge-detail"),
    path("pledges/<row:pk>/edit/", pledges.pledge_edit, name="pledge-edit"),
    path("pledges/<row:pk>/copy/", pledges.pledge_copy, name="pledge-copy"),
    path("pledges/<row:pk>/<slug:step>/", pledges.pledge_step, name="pledge-step"),
    path("agreements/", agreements.agreement_list, name="agreement-list"),
    path("agreements/<row:pk>/", agreements.agreement_detail, name="agreement-detail"),
    path("agreements/<row:pk>/copy/", agreements.agreement_copy, name="agreement-copy"),
    path("keys/", keys.key_list, name="key-list"),
    path("keys/new/", keys.key_issue, name="key-issue"),
    path("keys/<str:prefix>/revoke/", keys.key_revoke, name="key-revoke"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notice_read_all, name="notice-read-all"),
    path("notices/<row:pk>/read/", notices.notice_read, name="notice-read"),
    path("files/<slug:kind>/<row:pk>/", files.file_download, name="file-download"),
    path("files/<slug:kind>/<row:pk>/view/", files.file_view, name="file-view"),
    path("files/<slug:kind>/<row:pk>/pages/<row:number>.png", files.file_page, name="file-page"),
    path("api/errors/", errors.error_list, name="error-list"),
    path("api/errors/<slug:code>/", errors.error_detail, name="error-detail"),
]
