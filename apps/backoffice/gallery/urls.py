"""Address of the gallery of components."""

from django.urls import path

from apps.backoffice.gallery import views

urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
]
