"""`|safe` prints as HTML only what Python made as HTML; everything else is escaped.

Templates of libraries say `|safe` of help texts, descriptions and titles, which here may hold a
payer's name, a file's name or whatever else somebody outside wrote. These two filters take the
place of Django's in every template (`builtins` in the settings), so that a text is trusted where it
is made (`format_html`), never where it is shown.
"""

from typing import Any

from django import template

register = template.Library()


@register.filter
def safe(value: Any) -> Any:
    """Leave the value as it is: HTML that Python made stays so, a text will be escaped."""
    return value


@register.filter
def safeseq(values: Any) -> Any:
    """Leave the values as they are."""
    return values
