"""Addresses of messages and batches."""

from django.urls import path

from apps.api.messages.views import BatchView, MessagesView, MessageView

urlpatterns = [
    path("v1/messages", MessagesView.as_view(), name="message-list"),
    path("v1/messages/<str:message_id>", MessageView.as_view(), name="message-detail"),
    path("v1/batches/<str:batch_id>", BatchView.as_view(), name="batch-detail"),
]
