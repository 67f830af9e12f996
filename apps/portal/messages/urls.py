"""Address of the message log."""

from django.urls import path

from apps.portal.messages import views

urlpatterns = [
    path("messages/", views.message_list, name="message-list"),
]
