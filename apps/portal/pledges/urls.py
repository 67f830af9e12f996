"""Addresses of security pledges."""

from django.urls import path

from apps.portal.pledges import views

urlpatterns = [
    path("pledges/<row:pk>/", views.pledge_detail, name="pledge-detail"),
    path("pledges/<row:pk>/edit/", views.pledge_edit, name="pledge-edit"),
    path("pledges/<row:pk>/copy/", views.pledge_copy, name="pledge-copy"),
    path("pledges/<row:pk>/<slug:step>/", views.pledge_step, name="pledge-step"),
]
