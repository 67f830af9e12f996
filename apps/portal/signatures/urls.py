"""Addresses of signatures, of their applications and of the papers in them."""

from django.urls import path

from apps.portal.signatures.views import applications, papers, signatures

urlpatterns = [
    path("signatures/", signatures.signature_list, name="signature-list"),
    path("signatures/new/", applications.signature_new, name="signature-new"),
    path("signatures/save/", applications.signature_save, name="signature-save"),
    path("signatures/text/", applications.signature_text, name="signature-text"),
    path("signatures/<row:pk>/", signatures.signature_detail, name="signature-detail"),
    path("signatures/<row:pk>/edit/", applications.signature_edit, name="signature-edit"),
    path("signatures/<row:pk>/proofs/", papers.proof_add, name="proof-add"),
    path("signatures/<row:pk>/proofs/known/", papers.proof_reuse, name="proof-reuse"),
    path("signatures/<row:pk>/<slug:step>/", signatures.signature_step, name="signature-step"),
    path("proofs/<row:pk>/replace/", papers.proof_replace, name="proof-replace"),
    path("proofs/<row:pk>/remove/", papers.proof_remove, name="proof-remove"),
]
