"""Addresses of credit moved between accounts."""

from django.urls import path

from apps.portal.transfers import views

urlpatterns = [
    path("transfers/", views.transfer_list, name="transfer-list"),
    path("transfers/confirm/", views.transfer_confirm, name="transfer-confirm"),
]
