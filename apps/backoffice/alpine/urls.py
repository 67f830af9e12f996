"""Address of the script of expressions."""

from django.urls import path

from apps.backoffice.alpine import views

urlpatterns = [
    path("alpine.js", views.expressions, name="alpine-expressions"),
]
