"""Addresses of the queue, and of an application that is judged."""

from django.urls import path

from apps.backoffice.judging import views

urlpatterns = [
    path("judging/", views.queue_page, name="judging-queue"),
    path("judging/together/", views.together, name="judging-together"),
    path("judging/<slug:name>/<row:subject>/", views.application, name="judging-application"),
    path("judging/<slug:name>/<row:subject>/take/", views.take, name="judging-take"),
    path("judging/<slug:name>/<row:subject>/release/", views.release, name="judging-release"),
    path("judging/<slug:name>/<row:subject>/approve/", views.approve, name="judging-approve"),
    path("judging/<slug:name>/<row:subject>/reject/", views.reject, name="judging-reject"),
]
