"""Addresses of payments."""

from django.urls import path

from apps.api.recharges.views import RechargesView

urlpatterns = [
    path("v1/recharges", RechargesView.as_view(), name="recharge-list"),
]
