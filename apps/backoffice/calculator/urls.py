"""Address of the calculator of prices."""

from django.urls import path

from apps.backoffice.calculator import views

urlpatterns = [
    path("rates/calculator/", views.calculator, name="rate-calculator"),
]
