"""Staff pages that span apps; they stand below the admin's address, before its own."""

from django.urls import path

from apps.backoffice.views import files, gallery

app_name = "backoffice"
urlpatterns = [
    path("files/proofs/<int:pk>/", files.proof_file, name="proof-file"),
    path("files/pledges/<int:pk>/", files.pledge_file, name="pledge-file"),
    path("files/vouchers/<int:pk>/", files.voucher_file, name="voucher-file"),
    path("gallery/", gallery.gallery, name="gallery"),
]
