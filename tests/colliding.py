"""Addresses whose view meets what the database refuses, beside all others."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from apps.carriers.models import NumberSegment
from config.urls import urlpatterns as ours


def collides(_request: HttpRequest) -> HttpResponse:
    """Insert a number segment twice."""
    for _turn in range(2):
        NumberSegment.objects.create(prefix="1709", operator="MOBILE")
    raise AssertionError


urlpatterns = [path("collides/", collides), *ours]
