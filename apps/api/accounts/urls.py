"""Addresses of accounts and transfers."""

from django.urls import path

from apps.api.accounts.views import AccountsView, AccountView, TransfersView

urlpatterns = [
    path("v1/accounts", AccountsView.as_view(), name="account-list"),
    path("v1/accounts/<str:code>", AccountView.as_view(), name="account-detail"),
    path("v1/accounts/<str:code>/transfers", TransfersView.as_view(), name="transfer-list"),
]
