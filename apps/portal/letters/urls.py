"""Addresses of authorisation letters."""

from django.urls import path

from apps.portal.letters import views

urlpatterns = [
    path("letters/", views.letter_list, name="letter-list"),
    path("letters/new/", views.letter_new, name="letter-new"),
    path("letters/<row:pk>/", views.letter_detail, name="letter-detail"),
    path("letters/<row:pk>/edit/", views.letter_edit, name="letter-edit"),
    path("letters/<row:pk>/scan/", views.letter_scan, name="letter-scan"),
    path("letters/<row:pk>/<slug:step>/", views.letter_step, name="letter-step"),
]
