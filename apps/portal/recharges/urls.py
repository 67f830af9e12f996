"""Addresses of what was paid and bought."""

from django.urls import path

from apps.portal.recharges import views

urlpatterns = [
    path("recharges/", views.recharge_list, name="recharge-list"),
    path("recharges/<row:pk>/", views.recharge_detail, name="recharge-detail"),
    path("recharges/<row:pk>/receipt/", views.recharge_receipt, name="recharge-receipt"),
]
