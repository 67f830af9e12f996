"""Addresses of agreements."""

from django.urls import path

from apps.portal.agreements import views

urlpatterns = [
    path("agreements/", views.agreement_list, name="agreement-list"),
    path("agreements/<row:pk>/", views.agreement_detail, name="agreement-detail"),
    path("agreements/<row:pk>/copy/", views.agreement_copy, name="agreement-copy"),
]
