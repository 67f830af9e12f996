"""All forms of the product, found by loading all of it."""

import importlib
import pkgutil

from django import forms
from django.forms.forms import BaseForm

import apps


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
    """Tell whether a form is one of ours; of models are only the admin's, which makes them anew.

    What the log-in library asks, it reads by itself.
    """
    is_of_library = any(base.__module__.startswith("allauth.") for base in form.__mro__)
    is_ours = form.__module__.startswith("apps.") and not is_of_library
    return is_ours and not issubclass(form, forms.ModelForm)
