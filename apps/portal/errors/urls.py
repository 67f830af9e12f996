"""Addresses of the public pages that explain errors."""

from django.urls import path

from apps.portal.errors import views

urlpatterns = [
    path("api/errors/", views.error_list, name="error-list"),
    path("api/errors/<slug:code>/", views.error_detail, name="error-detail"),
]
