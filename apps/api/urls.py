"""Addresses of the REST interface."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from apps.api.accounts.urls import urlpatterns as accounts
from apps.api.customers.urls import urlpatterns as customers
from apps.api.ledger.urls import urlpatterns as ledger
from apps.api.messages.urls import urlpatterns as messages
from apps.api.nothing import NothingView
from apps.api.pledges.urls import urlpatterns as pledges
from apps.api.rates.urls import urlpatterns as rates
from apps.api.recharges.urls import urlpatterns as recharges
from apps.api.signatures.urls import urlpatterns as signatures

app_name = "api"
urlpatterns = [
    *messages,
    *ledger,
    *rates,
    *accounts,
    *signatures,
    *customers,
    *pledges,
    *recharges,
    re_path(r"^v1(?:/|$)", NothingView.as_view(), name="nothing"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerView.as_view(url_name="api:schema", template_name="api/docs.html"),
        name="docs",
    ),
]
