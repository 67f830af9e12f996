"""Papers that partners uploaded, for those who judge them.

A browser never runs what it gets here: the type is one that we made when we cleaned the file,
it may not be guessed, and the page is sandboxed.
"""

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from apps.pledges.models import Pledge
from apps.recharges.models import Remittance
from apps.signatures.models import ProofDocument
from apps.users.models import User


@require_GET
@cache_control(private=True, no_store=True)
@staff_member_required(login_url="account_login")
@permission_required("signatures.view_proofdocument", raise_exception=True)
def proof_file(request: HttpRequest, pk: int) -> FileResponse:
    """Show a proof of a signature."""
    proof = get_object_or_404(ProofDocument.objects.visible_to(_user(request)), pk=pk)
    return _shown(proof.file, proof.content_type)


@require_GET
@cache_control(private=True, no_store=True)
@staff_member_required(login_url="account_login")
@permission_required("pledges.view_pledge", raise_exception=True)
def pledge_file(request: HttpRequest, pk: int) -> FileResponse:
    """Show the signed copy of a pledge."""
    pledges = Pledge.objects.visible_to(_user(request)).exclude(signed_copy="")
    pledge = get_object_or_404(pledges, pk=pk)
    return _shown(pledge.signed_copy, pledge.content_type)


@require_GET
@cache_control(private=True, no_store=True)
@staff_member_required(login_url="account_login")
@permission_required("recharges.view_remittance", raise_exception=True)
def voucher_file(request: HttpRequest, pk: int) -> FileResponse:
    """Show the slip of a remittance."""
    remittance = get_object_or_404(Remittance.objects.visible_to(_user(request)), pk=pk)
    return _shown(remittance.voucher, remittance.content_type)


def _shown(file: FieldFile, content_type: str) -> FileResponse:
    response = FileResponse(file.open("rb"), content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response["Content-Disposition"] = "inline"
    return response


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the decorators above saw to it
    return request.user
