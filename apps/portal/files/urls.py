"""Addresses of papers."""

from django.urls import path

from apps.portal.files import views

urlpatterns = [
    path("files/<slug:kind>/<row:pk>/", views.file_download, name="file-download"),
    path("files/<slug:kind>/<row:pk>/view/", views.file_view, name="file-view"),
    path("files/<slug:kind>/<row:pk>/pages/<row:number>.png", views.file_page, name="file-page"),
]
