"""Addresses of the matching workbench."""

from django.urls import path

from apps.backoffice.matching import views

urlpatterns = [
    path("matching/", views.matching, name="matching"),
    path("matching/confirm/", views.matching_confirm, name="matching-confirm"),
]
