"""Whatever takes text or numbers from outside is bounded: every form, every address, every body."""

import pytest
from django import forms
from django.contrib import admin
from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter

from apps.api.bodies import Body
from apps.api.fields import Asked
from apps.api.messages.bodies import Send
from apps.common.forms import LineEmailField, LineField, LinesField, LooseNumberField
from apps.users.models import User
from tests.bounds import forms_of_ours, load_everything

TEXTS = (LineField, LinesField, LineEmailField, forms.URLField, forms.UUIDField)


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


# What is sent to a handset goes there as it was given; a recipient is a number or is left out.
OF_MESSAGES = {"text", "to", "signature"}


def readers():
    """Return what reads each field of each body of the REST interface."""
    load_everything()
    for body in bodies_of_ours():
        for field, info in body.model_fields.items():
            if not (body is Send and field in OF_MESSAGES):
                (asked,) = (each for each in info.metadata if isinstance(each, Asked))
                yield f"{body.__module__}.{body.__name__}.{field}", asked.read


def bodies_of_ours(base=Body):
    """Return every body, also those that are made of others."""
    for body in base.__subclasses__():
        yield body
        yield from bodies_of_ours(body)


def takes(read, value):
    try:
        read(value)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("hidden", ["青\u202e禾", "青\u2066禾", "青\x07禾", "青\u200b禾", "青\0禾"])
def test_no_field_of_the_rest_interface_takes_what_cannot_be_seen(hidden):
    found = [name for name, read in readers() if takes(read, hidden) or takes(read, [hidden])]

    assert found == []


def test_only_longer_texts_of_the_rest_interface_take_line_breaks():
    found = {name.rpartition(".")[2] for name, read in readers() if takes(read, "青\n禾")}

    assert found == {"audience", "consent"}


def test_the_walk_finds_readers():
    assert len(list(readers())) > 30


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
