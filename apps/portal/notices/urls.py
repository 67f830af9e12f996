"""Addresses of notices."""

from django.urls import path

from apps.portal.notices import views

urlpatterns = [
    path("notices/", views.notice_list, name="notice-list"),
    path("notices/read/", views.notice_read_all, name="notice-read-all"),
    path("notices/<row:pk>/read/", views.notice_read, name="notice-read"),
]
