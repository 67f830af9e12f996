"""Addresses of the REST interface."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerView

from apps.api.views.ledger import BalanceView, LedgerView
from apps.api.views.messages import BatchView, MessagesView, MessageView
from apps.api.views.nothing import NothingView

app_name = "api"
urlpatterns = [
    path("v1/messages", MessagesView.as_view(), name="message-list"),
    path("v1/messages/<str:message_id>", MessageView.as_view(), name="message-detail"),
    path("v1/batches/<str:batch_id>", BatchView.as_view(), name="batch-detail"),
    path("v1/balance", BalanceView.as_view(), name="balance"),
    path("v1/ledger", LedgerView.as_view(), name="ledger"),
    re_path(r"^v1(?:/|$)", NothingView.as_view(), name="nothing"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
    path("redoc/", SpectacularRedocView.as_view(url_name="api:schema"), name="redoc"),
]
