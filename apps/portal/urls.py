"""Addresses of the partner portal, and of the public pages that explain errors."""

from django.urls import path

from apps.portal.views import errors, home, keys, ledger, messages

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("messages/", messages.message_list, name="message-list"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("keys/", keys.key_list, name="key-list"),
    path("keys/new/", keys.key_issue, name="key-issue"),
    path("keys/<str:prefix>/revoke/", keys.key_revoke, name="key-revoke"),
    path("api/errors/", errors.error_list, name="error-list"),
    path("api/errors/<slug:code>/", errors.error_detail, name="error-detail"),
]
