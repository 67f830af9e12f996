"""Addresses of the same-day clock."""

from django.urls import path

from apps.backoffice.same_day import views

urlpatterns = [
    path("same-day/", views.same_day, name="same-day"),
    path("same-day.csv", views.same_day_csv, name="same-day-csv"),
]
