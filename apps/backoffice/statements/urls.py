"""Addresses of bank statements."""

from django.urls import path

from apps.backoffice.statements import views

urlpatterns = [
    path("statements/", views.statement_list, name="statement-list"),
    path("statements/<row:pk>/", views.statement_preview, name="statement-preview"),
    path("statements/<row:pk>/store/", views.statement_store, name="statement-store"),
    path("statements/<row:pk>/discard/", views.statement_discard, name="statement-discard"),
]
