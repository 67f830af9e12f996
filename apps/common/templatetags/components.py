"""Small parts that pages are put together from; templates/components/ holds how they look.

`/admin/gallery/` shows every one of them in every state.
"""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.common import tones

register = template.Library()


@register.inclusion_tag("components/status.html")
def status(value: str, label: str) -> dict[str, str]:
    """Show a state as a coloured word; a tone by name, such as `good`, colours any word."""
    return {"tone": tones.tone_of(value), "label": label}


@register.simple_block_tag
def card(content: str, title: str = "", *, href: str = "", more: str = "") -> SafeString:
    """Frame a part of a page, with its title and perhaps a link to all of it."""
    context = {"content": content, "title": title, "href": href, "more": more}
    return render_to_string("components/card.html", context)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """Say that there is nothing yet, and what to do about it."""
    return render_to_string("components/empty.html", {"content": content, "title": title})


@register.inclusion_tag("components/figure.html")
def figure(label: str, value: str, *, unit: str = "", strong: bool = False) -> dict[str, Any]:
    """Show one number with what it counts."""
    return {"label": label, "value": value, "unit": unit, "strong": strong}


@register.inclusion_tag("components/field.html")
def field(bound: Any, *, compact: bool = False) -> dict[str, Any]:
    """Show a form field with its label, help and errors."""
    return {"field": bound, "compact": compact}


@register.inclusion_tag("components/pager.html")
def pager(page: Any) -> dict[str, Any]:
    """Link to the newer and older rows of a keyset page."""
    return {"page": page}


@register.inclusion_tag("components/document_preview.html")
def document_preview(document: Any) -> dict[str, Any]:
    """Show a `common.files.previews.Document` page by page, beside whatever stands next to it."""
    pages = [
        {"number": number, "url": url} for number, url in enumerate(document.page_urls, start=1)
    ]
    return {"document": document, "pages": pages, "page_count": len(pages)}
