"""Address of a partner's first page."""

from django.urls import path

from apps.portal.home import views

urlpatterns = [
    path("", views.home, name="home"),
]
