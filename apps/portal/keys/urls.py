"""Addresses of API keys."""

from django.urls import path

from apps.portal.keys import views

urlpatterns = [
    path("keys/", views.key_list, name="key-list"),
    path("keys/new/", views.key_issue, name="key-issue"),
    path("keys/<str:prefix>/revoke/", views.key_revoke, name="key-revoke"),
]
