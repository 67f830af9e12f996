"""Addresses of pledges."""

from django.urls import path

from apps.api.pledges.views import (
    PledgeFormView,
    PledgeSubmissionView,
    PledgesView,
    PledgeView,
    SignedCopyView,
)

urlpatterns = [
    path("v1/pledges", PledgesView.as_view(), name="pledge-list"),
    path("v1/pledges/<str:pledge_id>", PledgeView.as_view(), name="pledge-detail"),
    path("v1/pledges/<str:pledge_id>/form", PledgeFormView.as_view(), name="pledge-form"),
    path("v1/pledges/<str:pledge_id>/signed-copy", SignedCopyView.as_view(), name="pledge-copy"),
    path("v1/pledges/<str:pledge_id>/submit", PledgeSubmissionView.as_view(), name="pledge-submit"),
]
