"""The application for a signature: one page that keeps what is typed as a draft.

Every change is sent by itself; what is wrong in one field does not keep the others from being kept.
Without scripts the same form is saved by its button.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.common import clock, form_keys, numbers
from apps.common.errors import DomainError
from apps.partners.models import Account
from apps.portal.access import PartnerRequest, Right, partner_page
from apps.portal.signatures.forms.applications import (
    ApplicationForm,
    TextForm,
    is_taken,
    reason_against,
)
from apps.portal.signatures.pages.papers import Papers, papers_of
from apps.portal.signatures.pages.signatures import Shown, refusal_of
from apps.portal.signatures.views.signatures import find, signature_step
from apps.portal.uploads.views import upload_limits
from apps.signatures import queries
from apps.signatures.choices import Use
from apps.signatures.models import Signature
from apps.signatures.reasons import REASONS
from apps.signatures.rules import texts
from apps.signatures.services import applications, completeness
from apps.signatures.services.applications import SignatureExistsError, SignatureTextFixedError
from apps.signatures.services.completeness import SignatureLetterError

# The field beside which an error of the service is told; the others are told above the form.
FIELD_OF: dict[type[DomainError], str] = {
    SignatureExistsError: "text",
    SignatureTextFixedError: "text",
    SignatureLetterError: "letter",
}


@require_GET
@partner_page(Right.WRITE_SIGNATURES)
def signature_new(request: PartnerRequest) -> HttpResponse:
    """Show an empty application."""
    own = Account.objects.visible_to(request.user).filter(customer=None).order_by("pk").first()
    form = ApplicationForm(user=request.user, initial={"account": own})
    return _page(request, form)


@require_GET
@partner_page(Right.WRITE_SIGNATURES)
def signature_edit(request: PartnerRequest, pk: int) -> HttpResponse:
    """Show an application to go on with it, with what is to be mended beside each field."""
    signature = find(request, pk)
    if not Shown(signature=signature, at=clock.now()).may_be_edited:
        messages.error(request, _("This application cannot be changed now."))
        return redirect("portal:signature-detail", pk=pk)
    refused = refusal_of(signature)
    mends = REASONS.of(refused.reasons) if refused else []
    form = ApplicationForm(user=request.user, kept=signature, mends=mends)
    return _page(request, form, refused=refused)


@form_keys.goes_on
@require_POST
@partner_page(Right.WRITE_SIGNATURES)
def signature_save(request: PartnerRequest) -> HttpResponseBase:
    """Keep what is typed: the whole page where its button was pressed, else what changes on it.

    A page that does not know its draft's number yet is told by its key from another application.
    """
    typed = request.POST.get("signature") or form_keys.made_before(request)
    number = numbers.row_number(typed)
    kept = find(request, number) if number is not None else None
    before = (kept.source, kept.use, kept.letter_id) if kept else None
    form = ApplicationForm(request.POST, user=request.user, kept=kept)
    signature = _save(request, form)
    if signature is not None:
        form_keys.remember(request, signature.pk)
    if request.htmx:  # type: ignore[attr-defined]
        return _answer(request, form, signature, before=before)
    if signature is None or form.errors:
        return _page(request, form)
    if request.POST.get("then") == "submit":
        return signature_step(request, signature.pk, "submit")
    messages.success(request, _("The draft is kept."))
    return redirect("portal:signature-edit", pk=signature.pk)


@require_GET
@partner_page(Right.WRITE_SIGNATURES)
def signature_text(request: PartnerRequest) -> HttpResponse:
    """Judge a text while it is typed, and show it in a message."""
    form = TextForm(request.GET)
    form.full_clean()
    number = numbers.row_number(request.GET.get("signature"))
    kept = find(request, number) if number is not None else None
    given = form.cleaned_data
    context = _about_text(request, given.get("text", ""), given.get("sample_texts", ""), kept)
    return render(request, "portal/signatures/_text.html", context | {"oob": True})


def check_of(signature: Signature) -> str:
    """Return why an application cannot be handed in as it stands; empty if it can."""
    try:
        completeness.check(signature, at=clock.now())
    except DomainError as error:
        return str(error)
    return ""


def papers_context(request: PartnerRequest, signature: Signature) -> dict[str, object]:
    """Return what the list of papers and the check below it show."""
    papers: Papers = papers_of(signature, request.user)
    is_kept = signature.pk is not None
    return {
        "signature": signature,
        "papers": papers,
        "problem": check_of(signature) if is_kept else "",
        "is_kept": is_kept,
        **upload_limits(),
    }


def _page(request: PartnerRequest, form: ApplicationForm, **context: object) -> HttpResponse:
    signature = form.as_signature()
    sample = form["sample_texts"].value() or ""
    text = _about_text(request, form["text"].value() or "", sample, form.kept)
    whole = _context(request, form, signature) | text | context
    return render(request, "portal/signatures/edit.html", whole)


def _context(
    request: PartnerRequest, form: ApplicationForm, signature: Signature
) -> dict[str, object]:
    shown = Shown(signature=signature, at=clock.now())
    return papers_context(request, signature) | {"form": form, "shown": shown}


def _answer(
    request: PartnerRequest,
    form: ApplicationForm,
    signature: Signature | None,
    *,
    before: tuple[str, str, int | None] | None,
) -> HttpResponse:
    """Say what was kept, and draw anew what follows from it; `before` is what the papers hang on."""
    shown = signature or form.as_signature()
    is_new = signature is not None and before is None
    typed, samples = form.data.get("text", ""), form.data.get("sample_texts", "")
    context = _context(request, form, shown) | {
        "oob": True,
        "is_new": is_new,
        "all_kept": signature is not None and not form.errors,
        "papers_changed": before != (shown.source, shown.use, shown.letter_id),
        "at": clock.now(),
        **_about_text(request, typed, samples, signature or form.kept),
    }
    response = render(request, "portal/signatures/_saved.html", context)
    if is_new:
        response["HX-Replace-Url"] = reverse("portal:signature-edit", args=[shown.pk])
    return response


def _save(request: PartnerRequest, form: ApplicationForm) -> Signature | None:
    """Draft or edit; None where nothing was kept, which the form then says."""
    if not form.can_be_kept():
        return None
    by = request.user.as_actor()
    try:
        if form.kept is None:
            account = form.cleaned_data["account"]
            return applications.draft(account_id=account.pk, by=by, at=clock.now(), **form.stated())
        applications.edit(signature_id=form.kept.pk, by=by, **form.stated())
    except DomainError as error:
        field = FIELD_OF.get(type(error))
        form.add_error(field, str(error))
        return None
    form.kept = find(request, form.kept.pk)
    return form.kept


def _about_text(
    request: PartnerRequest, typed: str, samples: str, kept: Signature | None
) -> dict[str, object]:
    """Return what is told of a text while it is typed."""
    bare, rules = texts.normalised(typed), queries.policy().text_rules()
    reason = reason_against(bare, rules) if bare else ""
    account = kept.account if kept else _account_typed(request)
    if bare and not reason and is_taken(bare, account, apart_from=kept):
        reason = str(SignatureExistsError(text=bare))
    first = next((line.strip() for line in samples.splitlines() if line.strip()), "")
    return {
        "bare": bare,
        "bare_count": len(bare),
        "rules": rules,
        "reason": reason,
        "is_ascii": bare.isascii(),
        "sample": first,
    }


def _account_typed(request: PartnerRequest) -> Account | None:
    number = numbers.row_number(request.GET.get("account") or request.POST.get("account"))
    accounts = Account.objects.visible_to(request.user)
    return accounts.filter(pk=number).first() if number is not None else None


def choose_letter(request: PartnerRequest, pk: int, letter_id: int) -> None:
    """Name a letter in the application that it was made for; one that is not found is left."""
    signature = get_object_or_404(Signature.objects.visible_to(request.user), pk=pk)
    form = ApplicationForm({}, user=request.user, kept=signature)
    form.full_clean()
    form.cleaned_data.clear()  # nothing was typed: all stays as it was kept but for the letter
    stated = form.stated() | {"letter_id": letter_id, "use": Use.BEHALF}
    applications.edit(signature_id=pk, by=request.user.as_actor(), **stated)
