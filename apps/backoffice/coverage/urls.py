"""Addresses of the coverage report."""

from django.urls import path

from apps.backoffice.coverage import views

urlpatterns = [
    path("coverage/", views.coverage, name="coverage"),
    path("coverage.csv", views.coverage_csv, name="coverage-csv"),
]
