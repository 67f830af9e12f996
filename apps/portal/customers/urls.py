"""Addresses of customers."""

from django.urls import path

from apps.portal.customers import views

urlpatterns = [
    path("customers/", views.customer_list, name="customer-list"),
    path("customers/new/", views.customer_new, name="customer-new"),
    path("customers/<row:pk>/", views.customer_detail, name="customer-detail"),
    path("customers/<row:pk>/edit/", views.customer_edit, name="customer-edit"),
    path("customers/<row:pk>/close/", views.customer_close, name="customer-close"),
    path("customers/<row:pk>/reopen/", views.customer_reopen, name="customer-reopen"),
    path("customers/<row:pk>/pledge/", views.pledge_begin, name="pledge-begin"),
]
