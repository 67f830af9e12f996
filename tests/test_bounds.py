"""Whatever takes text or numbers from outside is bounded: every form, every address, every body."""

import importlib
import pkgutil

from django import forms
from django.contrib import admin
from django.forms.forms import BaseForm
from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter

import apps
from apps.common.forms import LineEmailField, LineField, LinesField, LooseNumberField
from apps.users.models import User

TEXTS = (LineField, LinesField, LineEmailField, forms.URLField, forms.UUIDField)


def load_everything():
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if not {"migrations", "management", "quickstart"} & set(module.name.split(".")):
            importlib.import_module(module.name)


def subclasses(base):
    for each in base.__subclasses__():
        yield each
        yield from subclasses(each)


def forms_of_ours():
    load_everything()
    return sorted(
        {form for form in subclasses(BaseForm) if _is_of_ours(form)},
        key=lambda form: f"{form.__module__}.{form.__name__}",
    )


def _is_of_ours(form):
    """Tell whether a form is one of ours; of models are only the admin's, which makes them anew."""
    return form.__module__.startswith("apps.") and not issubclass(form, forms.ModelForm)


def fields():
    for form in forms_of_ours():
        for name, field in form.base_fields.items():
            yield f"{form.__module__}.{form.__name__}.{name}", field


def admin_fields(rf):
    request = rf.get("/")
    request.user = User(is_superuser=True)
    ours = {m: a for m, a in admin.site._registry.items() if m.__module__.startswith("apps.")}
    for model, model_admin in ours.items():
        for name, field in model_admin.get_form(request).base_fields.items():
            yield f"admin.{model._meta.label}.{name}", field


def is_text(field):
    return isinstance(field, forms.CharField)


def is_number(field):
    return isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField)


def unbounded(found):
    """Return the fields that take a text or a number of any size."""
    wrong = []
    for name, field in found:
        if is_text(field) and not isinstance(field, TEXTS):
            wrong.append(f"{name}: not under the rule of texts")
        if is_text(field) and not isinstance(field, forms.UUIDField) and not field.max_length:
            wrong.append(f"{name}: no greatest length")
        if is_number(field) and not _is_bounded(field):
            wrong.append(f"{name}: no greatest value")
        if (
            isinstance(field, forms.DateField | forms.DateTimeField)
            and not field.default_validators
        ):
            wrong.append(f"{name}: any year")
    return wrong


def _is_bounded(field):
    """A loose number has at most 18 digits on either side of the point."""
    has_digits = getattr(field, "max_digits", None) or isinstance(field, LooseNumberField)
    return has_digits or field.max_value is not None


def test_every_field_of_every_form_is_bounded():
    assert unbounded(fields()) == []


def test_every_field_of_the_admins_own_forms_is_bounded(rf):
    assert unbounded(admin_fields(rf)) == []


def test_the_walk_finds_forms():
    assert len(forms_of_ours()) > 40


def patterns(resolver):
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield each
        else:
            yield from patterns(each)


def test_no_address_of_ours_takes_a_number_of_any_size():
    unbounded_ones = [
        str(each.pattern)
        for each in patterns(get_resolver())
        if each.callback.__module__.startswith("apps.")
        and any(type(kind) is IntConverter for kind in each.pattern.converters.values())
    ]

    assert unbounded_ones == []
