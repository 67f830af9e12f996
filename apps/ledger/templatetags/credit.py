"""How credit is written on every page; templates need not load it."""

from django import template

from apps.common.templatetags.formats import grouped

register = template.Library()
register.filter("segments", grouped)
