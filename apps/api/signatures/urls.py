"""Addresses of signatures and their papers."""

from django.urls import path

from apps.api.signatures.views import (
    ProofsView,
    SignatureSubmissionView,
    SignaturesView,
    SignatureUrgeView,
    SignatureView,
)

urlpatterns = [
    path("v1/signatures", SignaturesView.as_view(), name="signature-list"),
    path("v1/signatures/<str:signature_id>", SignatureView.as_view(), name="signature-detail"),
    path("v1/signatures/<str:signature_id>/proofs", ProofsView.as_view(), name="proof-list"),
    path(
        "v1/signatures/<str:signature_id>/submit",
        SignatureSubmissionView.as_view(),
        name="signature-submit",
    ),
    path(
        "v1/signatures/<str:signature_id>/urge", SignatureUrgeView.as_view(), name="signature-urge"
    ),
]
