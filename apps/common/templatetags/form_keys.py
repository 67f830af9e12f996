"""`{% csrf_token %}` with the form's key beside it, so that no form can lack one."""

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.common import form_keys

register = template.Library()
# A browser that fills a reloaded page with what stood there would send an old key.
_FIELD = '<input type="hidden" name="{}" value="{}" autocomplete="off">'


class FormTokensNode(CsrfTokenNode):
    """The two hidden fields of a form that is posted."""

    def render(self, context: Context) -> SafeString:
        """Write both, or nothing where Django writes no token."""
        token = super().render(context)
        if not token:
            return SafeString("")
        return format_html("{}{}", token, format_html(_FIELD, form_keys.FIELD, form_keys.new_key()))


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> FormTokensNode:
    """Stand for Django's own tag in every template, those of packages too."""
    return FormTokensNode()
