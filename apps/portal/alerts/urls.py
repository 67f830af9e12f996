"""Address of warnings of low credit."""

from django.urls import path

from apps.portal.alerts import views

urlpatterns = [
    path("alerts/", views.alert_list, name="alert-list"),
]
