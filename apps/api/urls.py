"""Addresses of the REST interface."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from apps.api.views.accounts import AccountsView, AccountView, TransfersView
from apps.api.views.customers import CustomersView, CustomerView
from apps.api.views.ledger import BalanceView, LedgerView
from apps.api.views.messages import BatchView, MessagesView, MessageView
from apps.api.views.nothing import NothingView
from apps.api.views.pledges import (
    PledgeFormView,
    PledgeSubmissionView,
    PledgesView,
    PledgeView,
    SignedCopyView,
)
from apps.api.views.rates import QuoteView
from apps.api.views.recharges import RechargesView
from apps.api.views.signatures import (
    ProofsView,
    SignatureSubmissionView,
    SignaturesView,
    SignatureUrgeView,
    SignatureView,
)

app_name = "api"
urlpatterns = [
    path("v1/messages", MessagesView.as_view(), name="message-list"),
    path("v1/messages/<str:message_id>", MessageView.as_view(), name="message-detail"),
    path("v1/batches/<str:batch_id>", BatchView.as_view(), name="batch-detail"),
    path("v1/balance", BalanceView.as_view(), name="balance"),
    path("v1/ledger", LedgerView.as_view(), name="ledger"),
    path("v1/rates/quote", QuoteView.as_view(), name="quote"),
    path("v1/accounts", AccountsView.as_view(), name="account-list"),
    path("v1/accounts/<str:code>", AccountView.as_view(), name="account-detail"),
    path("v1/accounts/<str:code>/transfers", TransfersView.as_view(), name="transfer-list"),
    path("v1/signatures", SignaturesView.as_view(), name="signature-list"),
    path("v1/signatures/<str:signature_id>", SignatureView.as_view(), name="signature-detail"),
    path("v1/signatures/<str:signature_id>/proofs", ProofsView.as_view(), name="proof-list"),
    path(
        "v1/signatures/<str:signature_id>/submit",
        SignatureSubmissionView.as_view(),
        name="signature-submit",
    ),
    path(
        "v1/signatures/<str:signature_id>/urge", SignatureUrgeView.as_view(), name="signature-urge"
    ),
    path("v1/customers", CustomersView.as_view(), name="customer-list"),
    path("v1/customers/<str:customer_id>", CustomerView.as_view(), name="customer-detail"),
    path("v1/pledges", PledgesView.as_view(), name="pledge-list"),
    path("v1/pledges/<str:pledge_id>", PledgeView.as_view(), name="pledge-detail"),
    path("v1/pledges/<str:pledge_id>/form", PledgeFormView.as_view(), name="pledge-form"),
    path("v1/pledges/<str:pledge_id>/signed-copy", SignedCopyView.as_view(), name="pledge-copy"),
    path("v1/pledges/<str:pledge_id>/submit", PledgeSubmissionView.as_view(), name="pledge-submit"),
    path("v1/recharges", RechargesView.as_view(), name="recharge-list"),
    re_path(r"^v1(?:/|$)", NothingView.as_view(), name="nothing"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerView.as_view(url_name="api:schema", template_name="api/docs.html"),
        name="docs",
    ),
]
