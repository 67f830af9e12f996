"""Address of the movements of credit."""

from django.urls import path

from apps.portal.ledger import views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
]
