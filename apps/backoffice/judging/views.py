"""The queue of applications, the page on which one is judged, and several at once.

Who may look sees everything; who may judge takes an application first, which keeps others away
from it. After a decision the next one is taken and shown.
"""

from contextlib import suppress
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.backoffice.files.kinds import KINDS as FILES
from apps.backoffice.judging import bulk
from apps.backoffice.judging.applications import Application, Kind
from apps.backoffice.judging.forms import FilterForm, RejectionForm
from apps.backoffice.judging.kinds import KINDS, is_judge, kinds_of
from apps.backoffice.judging.queue import claims_held, counts, line_of, next_for, queue
from apps.common import clock, form_keys, numbers
from apps.common.errors import DomainError, NotFoundError
from apps.common.files.previews import Document, document_of
from apps.reviews.sentences import approved_sentence, rejected_sentence
from apps.reviews.services import claims, judging
from apps.users.models import User


@require_GET
@staff_member_required(login_url="account_login")
def queue_page(request: HttpRequest) -> HttpResponse:
    """Show what waits; htmx asks for the table anew every half minute."""
    user = _user(request)
    kinds = kinds_of(user)
    if not kinds:
        raise PermissionDenied
    filters = FilterForm(request.GET).filters()
    found = queue(filters, kinds=kinds, user=user, at=clock.now(), number=request.GET.get("page"))
    context = {"queue": found, "filters": filters, "is_judge": is_judge(user)}
    if getattr(request, "htmx", False):
        return render(request, "backoffice/judging/_queue.html", context)
    return _render(request, "queue", context | {"title": _("Judge applications")})


@require_GET
@staff_member_required(login_url="account_login")
def application(request: HttpRequest, name: str, subject: int) -> HttpResponse:
    """Show one application; htmx asks for a document, or for how it stands."""
    return _page(request, _kind(request, name), subject)


@require_POST
@staff_member_required(login_url="account_login")
def take(request: HttpRequest, name: str, subject: int) -> HttpResponse:
    """Claim an application, or prolong the claim while somebody works on it."""
    kind = _kind_to_judge(request, name)
    by = _user(request).as_actor()
    try:
        judging.take(kind.review, subject, by=by, at=clock.now())
    except NotFoundError:
        return _settled(request, kind, subject, "")
    except DomainError as error:
        messages.error(request, str(error))
    if getattr(request, "htmx", False):
        return HttpResponse(status=204)
    return redirect(_address(request, kind, subject))


@require_POST
@staff_member_required(login_url="account_login")
def release(request: HttpRequest, name: str, subject: int) -> HttpResponse:
    """Give a claim up, and go back to the queue."""
    kind = _kind_to_judge(request, name)
    by = _user(request).as_actor()
    try:
        claims.release(queue=kind.name, subject_id=str(subject), by=by, at=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(_queue_address(request))


@require_POST
@staff_member_required(login_url="account_login")
def approve(request: HttpRequest, name: str, subject: int) -> HttpResponse:
    """Approve an application, and go on to the next."""
    kind = _kind_to_judge(request, name)
    try:
        approved = judging.approve(
            kind.review,
            subject,
            version=request.POST.get("version", ""),
            by=_user(request).as_actor(),
            at=clock.now(),
        )
    except NotFoundError as error:
        raise Http404 from error
    except DomainError as error:
        return _page(request, kind, subject, error=str(error))
    return _go_on(request, approved_sentence(kind.review.title(approved)))


@require_POST
@staff_member_required(login_url="account_login")
def reject(request: HttpRequest, name: str, subject: int) -> HttpResponse:
    """Refuse an application with its reasons, and go on to the next."""
    kind = _kind_to_judge(request, name)
    form = RejectionForm(request.POST, kind=kind)
    if not form.is_valid():
        return _page(request, kind, subject, form=form)
    try:
        refused = judging.reject(
            kind.review,
            subject,
            version=request.POST.get("version", ""),
            reasons=form.cleaned_data["reasons"],
            remark=form.cleaned_data["remark"],
            by=_user(request).as_actor(),
            at=clock.now(),
        )
    except NotFoundError as error:
        raise Http404 from error
    except DomainError as error:
        return _page(request, kind, subject, form=form, error=str(error))
    return _go_on(request, rejected_sentence(kind.review.title(refused)))


@form_keys.carries_out_many
@require_http_methods(["GET", "HEAD", "POST"])
@staff_member_required(login_url="account_login")
def together(request: HttpRequest) -> HttpResponse:
    """Lay chosen applications beside each other; approve them where nothing differs."""
    user, at = _user(request), clock.now()
    asked = request.POST if request.method == "POST" else request.GET
    found = bulk.compare(asked.getlist("chosen"), user=user, at=at)
    if not is_judge(user) or (found.kind and not user.has_perm(found.kind.judge_permission)):
        raise PermissionDenied
    context: dict[str, Any] = {"comparison": found, "title": _("Approve together")}
    if request.method == "POST" and not found.obstacles:
        versions = {
            each.row.key: asked.get(f"version-{each.row.key}", "") for each in found.applications
        }
        context["outcomes"] = bulk.approve(found, versions=versions, user=user, at=at)
    elif found.applications:
        context["document"] = _document(user, found.applications[0], 0)
        context["first"] = found.applications[0]
    return _render(request, "together", context)


def _page(
    request: HttpRequest,
    kind: Kind,
    subject: int,
    *,
    form: RejectionForm | None = None,
    error: str = "",
) -> HttpResponse:
    """Show an application as it stands; what waits no longer is told of on the queue."""
    user, at = _user(request), clock.now()
    found = kind.application(subject)
    if found is None:
        return _settled(request, kind, subject, error)
    held = claims_held([kind], at)
    line = line_of(found.row, claim=held.get((kind.name, subject)), user=user, at=at)
    part = request.GET.get("part") if getattr(request, "htmx", False) else None
    if part == "state" and (request.GET.get("mine") == "1") != line.is_mine:
        return _refreshed()
    place = _place(request, found)
    context = {
        "line": line,
        "application": found,
        "kind": kind,
        "judgement": found.judgement(user.as_actor()),
        "place": place,
        "queue_address": _queue_address(request),
        "form": form,
        "error": error,
    }
    if part == "state":
        return render(request, "backoffice/judging/_state.html", context)
    context["document"] = _document(user, found, place)
    if part == "papers":
        return render(request, "backoffice/judging/_papers.html", context)
    context["counts"] = counts([kind], held=held, user=user, at=at)
    return _render(request, "application", context | {"title": found.row.title})


def _settled(request: HttpRequest, kind: Kind, subject: int, error: str) -> HttpResponse:
    outcome = kind.outcome(subject)
    if outcome is None:
        raise Http404
    if getattr(request, "htmx", False):
        return _refreshed()
    messages.warning(request, error or _("It waits no longer: %(outcome)s") % {"outcome": outcome})
    return redirect(_queue_address(request))


def _go_on(request: HttpRequest, said: str) -> HttpResponse:
    """Say what was decided; take the next one and show it, or go back to an empty queue."""
    messages.success(request, said)
    user, at = _user(request), clock.now()
    filters = FilterForm(request.GET).filters()
    found = next_for(user, filters, kinds=kinds_of(user), at=at)
    if found is None:
        return redirect(_queue_address(request))
    kind, subject = found
    with suppress(DomainError):  # Where somebody was quicker, the page says so.
        judging.take(kind.review, subject, by=user.as_actor(), at=at)
    return redirect(_address(request, kind, subject))


def _document(user: User, found: Application, place: int) -> Document | None:
    if not found.papers:
        return None
    paper = found.papers[place]
    kept = FILES[paper.kind].find(pk=paper.pk, user=user)
    return document_of(kept, kind=paper.kind, namespace="backoffice") if kept else None


def _place(request: HttpRequest, found: Application) -> int:
    """Return which of the documents is shown; the first where there is no such one."""
    place = numbers.row_number(request.GET.get("paper")) or 0
    return place if place < len(found.papers) else 0


def _kind(request: HttpRequest, name: str) -> Kind:
    kind = KINDS.get(name)
    if kind is None:
        raise Http404
    if not _user(request).has_perm(kind.view_permission):
        raise PermissionDenied
    return kind


def _kind_to_judge(request: HttpRequest, name: str) -> Kind:
    kind = _kind(request, name)
    if not _user(request).has_perm(kind.judge_permission):
        raise PermissionDenied
    return kind


def _address(request: HttpRequest, kind: Kind, subject: int) -> str:
    address = reverse("backoffice:judging-application", args=[kind.name, subject])
    return _with_filters(request, address)


def _queue_address(request: HttpRequest) -> str:
    return _with_filters(request, reverse("backoffice:judging-queue"))


def _with_filters(request: HttpRequest, address: str) -> str:
    """Keep what the reviewer chose to see of the queue."""
    kept = request.GET.copy()
    for name in ("paper", "part", "mine"):
        kept.pop(name, None)
    return f"{address}?{kept.urlencode()}" if kept else address


def _refreshed() -> HttpResponse:
    """Let htmx load the whole page anew."""
    return HttpResponse(headers={"HX-Refresh": "true"})


def _render(request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    whole = {
        **admin.site.each_context(request),
        "is_fullwidth": "1",
        "is_nav_sidebar_enabled": page == "queue",
    }
    return render(request, f"backoffice/judging/{page}.html", whole | context)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the decorators above saw to it
    return request.user
