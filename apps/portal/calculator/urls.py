"""Address of the calculator of prices."""

from django.urls import path

from apps.portal.calculator import views

urlpatterns = [
    path("calculator/", views.calculator, name="calculator"),
]
