"""Addresses of reported payments."""

from django.urls import path

from apps.portal.remittances import views

urlpatterns = [
    path("remittances/new/", views.remittance_new, name="remittance-new"),
    path("remittances/<row:pk>/", views.remittance_detail, name="remittance-detail"),
    path("remittances/<row:pk>/edit/", views.remittance_edit, name="remittance-edit"),
    path("remittances/<row:pk>/slip/", views.remittance_slip, name="remittance-slip"),
    path(
        "remittances/<row:pk>/withdraw/",
        views.remittance_withdraw,
        name="remittance-withdraw",
    ),
]
