"""Addresses of quotes."""

from django.urls import path

from apps.api.rates.views import QuoteView

urlpatterns = [
    path("v1/rates/quote", QuoteView.as_view(), name="quote"),
]
