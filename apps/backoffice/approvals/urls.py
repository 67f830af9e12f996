"""Addresses of what a second person of finance decides."""

from django.urls import path

from apps.backoffice.approvals import views

urlpatterns = [
    path("approvals/", views.approvals, name="approvals"),
    path("approvals/<row:pk>/approve/", views.approve, name="approval-approve"),
    path("approvals/<row:pk>/send-back/", views.send_back, name="approval-send-back"),
    path("reversals/<row:pk>/approve/", views.approve_reversal, name="reversal-approve"),
    path("reversals/<row:pk>/decline/", views.decline_reversal, name="reversal-decline"),
]
