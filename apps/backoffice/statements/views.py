"""Bank statements: upload, look at every line, mend the columns, take in."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from apps.audit.actors import actor_of
from apps.backoffice.statements.forms import MappingForm, StatementForm
from apps.common import clock
from apps.common.errors import DomainError
from apps.common.files.responses import told_later
from apps.recharges.choices import ImportStatus
from apps.recharges.models import BankProfile, StatementImport
from apps.recharges.queries import previews
from apps.recharges.queries.previews import LineState, Preview
from apps.recharges.services import statements as services
from apps.recharges.statements.columns import Mapping
from apps.recharges.statements.limits import MAX_BYTES

RECENT = 20
LINES_SHOWN = 300  # wrong ones first; a browser takes long over thousands of rows
_ORDER = {
    state: place for place, state in enumerate(("WRONG", "NEW", "REPEATED", "KNOWN", "DEBIT"))
}
_NEEDS = "recharges.enter_bankentry"


@staff_member_required(login_url="account_login")
@permission_required(_NEEDS, raise_exception=True)
def statement_list(request: HttpRequest) -> HttpResponse:
    """Take a file, and show the latest ones."""
    form = StatementForm(request.POST or None, request.FILES or None)
    refusal: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = services.upload(
                profile_id=form.cleaned_data["profile"].pk,
                content=form.cleaned_data["file"].read(MAX_BYTES + 1),  # and is refused
                file_name=form.cleaned_data["file"].name,
                by=actor_of(request),
                at=clock.now(),
            )
        except DomainError as error:
            form.add_error("file", str(error))
            refusal = error
        else:
            return redirect("backoffice:statement-preview", pk=found.pk)
    recent = StatementImport.objects.select_related("profile", "uploaded_by")
    context = {
        "form": form,
        "has_banks": BankProfile.objects.confirmed().exists(),
        "waiting_banks": BankProfile.objects.filter(confirmed_at=None).order_by("pk"),
        "imports": recent.order_by("-uploaded_at", "-pk")[:RECENT],
    }
    return told_later(_page(request, "list", _("Bank statements"), context), refusal)


@staff_member_required(login_url="account_login")
@permission_required(_NEEDS, raise_exception=True)
def statement_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what taking a file in would do, line by line; a POST reads it by other columns."""
    found = get_object_or_404(StatementImport.objects.select_related("profile"), pk=pk)
    try:
        preview = previews.preview(found)
    except DomainError as error:
        context = {"statement": found, "reason": error}
        return told_later(_page(request, "refused", found.file_name, context), error)
    form = None
    if found.status == ImportStatus.PREVIEWED and preview.statement.headings:
        form = MappingForm(
            request.POST or None,
            headings=preview.statement.headings,
            mapping=preview.statement.mapping or Mapping(),
        )
        if request.method == "POST" and form.is_valid():
            return _remap(request, found, form)
    context = {
        "statement": found,
        "preview": preview,
        "form": form,
        "lines": _lines(preview),
        "left_count": max(0, len(preview.lines) - LINES_SHOWN),
        "is_open": found.status == ImportStatus.PREVIEWED,
    }
    return _page(request, "preview", found.file_name, context)


@require_POST
@staff_member_required(login_url="account_login")
@permission_required(_NEEDS, raise_exception=True)
def statement_store(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file in, and go on to the matching."""
    try:
        found = services.store(import_id=pk, by=actor_of(request), at=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("backoffice:statement-preview", pk=pk)
    text = ngettext(
        "%(count)s new credit is taken in.", "%(count)s new credits are taken in.", found.new_count
    )
    messages.success(request, text % {"count": found.new_count})
    return redirect("backoffice:matching")


@require_POST
@staff_member_required(login_url="account_login")
@permission_required(_NEEDS, raise_exception=True)
def statement_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file away."""
    try:
        services.discard(import_id=pk, by=actor_of(request))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("backoffice:statement-list")


def _remap(request: HttpRequest, found: StatementImport, form: MappingForm) -> HttpResponse:
    try:
        services.remap(import_id=found.pk, mapping=form.mapping(), by=actor_of(request))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("backoffice:statement-preview", pk=found.pk)


def _lines(preview: Preview) -> list[previews.PreviewLine]:
    ranked = sorted(preview.lines, key=lambda each: (_ORDER[each.state], each.line.number))
    return sorted(
        ranked[:LINES_SHOWN],
        key=lambda each: (each.state != LineState.WRONG, each.line.number),
    )


def _page(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    context |= {**admin.site.each_context(request), "title": title}
    return render(request, f"backoffice/statements/{name}.html", context)
