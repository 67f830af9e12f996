"""Addresses of customers."""

from django.urls import path

from apps.api.customers.views import CustomersView, CustomerView

urlpatterns = [
    path("v1/customers", CustomersView.as_view(), name="customer-list"),
    path("v1/customers/<str:customer_id>", CustomerView.as_view(), name="customer-detail"),
]
