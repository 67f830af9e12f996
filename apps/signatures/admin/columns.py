"""What the pages of signatures share: the right that judging takes, and how papers are shown."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

JUDGE = "signatures.judge_signature"
LINK = '<a class="text-primary-600 underline" href="{}" target="_blank" rel="noopener">{}</a>'


def lines(each: Iterable[object]) -> SafeString | str:
    """Show one thing a line."""
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in each)) or "—"


def file_link(kind: str, pk: int, name: str) -> SafeString:
    """Link to a kept file, shown page by page."""
    return format_html(LINK, reverse("backoffice:file-view", args=[kind, pk]), name)
