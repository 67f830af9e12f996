"""Addresses of the balance and the ledger."""

from django.urls import path

from apps.api.ledger.views import BalanceView, LedgerView

urlpatterns = [
    path("v1/balance", BalanceView.as_view(), name="balance"),
    path("v1/ledger", LedgerView.as_view(), name="ledger"),
]
