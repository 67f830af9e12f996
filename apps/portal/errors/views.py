"""What each error code means and what to do about it; `type` of a problem document opens here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from apps.portal.errors.pages import explanation_of, explanations


def error_list(request: HttpRequest) -> HttpResponse:
    """List every code that an answer may carry."""
    return render(request, "portal/errors/list.html", {"explanations": explanations()})


def error_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Explain one code."""
    explanation = explanation_of(code)
    if explanation is None:
        raise Http404
    return render(request, "portal/errors/detail.html", {"explanation": explanation})
