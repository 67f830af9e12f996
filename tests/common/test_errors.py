"""Every error of the domain says everything about itself; the classes are found, not listed."""

import importlib
import pkgutil
import re

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

import apps
from apps.api.errors import MalformedJsonError, ProtocolError
from apps.api.problems import STATUS, status_of
from apps.common.errors import (
    RELOAD,
    ConflictError,
    DomainError,
    ForbiddenError,
    NotAllowedError,
)
from apps.ledger.services.entries import InsufficientCreditError
from tests.api.published_statuses import PUBLISHED

CHINESE = re.compile("[一-鿿]")
FAMILIES = {*STATUS, ProtocolError}
# What an answer of the interface names beside the text of the error.
PUBLISHED_DATA = {
    "insufficient_credit": ("required", "available"),
    "scope_missing": ("scope",),
    "signature_not_approved": ("signature",),
    "no_valid_recipient": ("rejected",),
}


def import_all():
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if ".migrations" not in module.name and ".management" not in module.name:
            importlib.import_module(module.name)


def subclasses(cls):
    for child in cls.__subclasses__():
        yield child
        yield from subclasses(child)


def family_of(error):
    return [base for base in error.__mro__ if base in FAMILIES]


def own(error, name):
    """Return what the error says itself, or what a class between it and its family says."""
    for base in error.__mro__:
        if name in vars(base):
            return vars(base)[name] if base is error or base not in FAMILIES else None
    return None


def is_translated(text):
    if not isinstance(text, Promise):
        return False
    with translation.override("en"):
        is_english = not CHINESE.search(str(text))
    with translation.override("zh-hans"):
        return is_english and bool(CHINESE.search(str(text)))


def has_page(error, client):
    try:
        response = client.get(reverse("portal:error-detail", args=[error.code]))
    except (AttributeError, NoReverseMatch):
        return False
    with translation.override("zh-hans"):
        return str(getattr(error, "cure", "?")) in response.content.decode()


def lacks(error, client):
    """Name what an error does not say about itself."""
    family = family_of(error)
    has_status = family == [ProtocolError] and hasattr(error, "status")
    told = {
        "code": re.fullmatch(r"[a-z]+(_[a-z]+)*", vars(error).get("code", "")),
        "status": has_status or (len(family) == 1 and family[0] in STATUS),
        "message": is_translated(own(error, "message")),
        "cure": is_translated(own(error, "cure")),
        "page": has_page(error, client),
    }
    return {what for what, is_said in told.items() if not is_said}


import_all()
ERRORS = sorted(
    {
        error
        for error in subclasses(DomainError)
        if error.__module__.startswith("apps.")
        if error not in FAMILIES or "code" in vars(error)
    },
    key=lambda error: error.__name__,
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_says_everything_about_itself(client, error):
    assert lacks(error, client) == set()


def test_every_code_belongs_to_one_error():
    codes = [error.code for error in ERRORS]

    assert len(codes) > 190
    assert [code for code in codes if codes.count(code) > 1] == []


def test_every_published_code_keeps_its_status():
    assert {e.code: status_of(e).value for e in ERRORS if e.code in PUBLISHED} == PUBLISHED


def test_only_what_is_meant_to_be_is_named_in_answers():
    assert {error.code: error.published for error in ERRORS if error.published} == PUBLISHED_DATA


def test_the_families_are_few():
    assert len(STATUS) < 12


ROLE, ASK = NotAllowedError.message, NotAllowedError.cure
UNTRANSLATED = gettext_lazy("Nobody put this into the catalogue.")
WHOLE = {"code": "made_up", "message": ROLE, "cure": ASK}


class TestMadeUp:
    """The walk would not let these through."""

    def lacks(self, client, base, **says):
        bases = base if isinstance(base, tuple) else (base,)
        return lacks(type("MadeUpError", bases, says), client)

    def test_lacks_nothing_when_it_says_everything(self, client):
        assert self.lacks(client, ForbiddenError, **WHOLE) == set()

    @pytest.mark.parametrize("base", [DomainError, ProtocolError, (ConflictError, ForbiddenError)])
    def test_below_no_family_or_two_has_no_status(self, client, base):
        assert self.lacks(client, base, **WHOLE) == {"status"}

    def test_below_no_family_is_told_as_a_fault_of_ours_and_not_as_a_conflict(self):
        assert status_of(type("MadeUpError", (DomainError,), WHOLE)) == 500

    @pytest.mark.parametrize("text", ["Plain English.", "中文", UNTRANSLATED, None])
    @pytest.mark.parametrize("name", ["message", "cure"])
    def test_in_one_language_is_not_translated(self, client, name, text):
        assert name in self.lacks(client, ForbiddenError, **{**WHOLE, name: text})

    @pytest.mark.parametrize("name", ["message", "cure"])
    def test_does_not_pass_with_the_general_words_of_its_family(self, client, name):
        says = {**WHOLE, "cure": RELOAD}
        del says[name]

        assert name in self.lacks(client, ConflictError, **says)

    @pytest.mark.parametrize("name", WHOLE)
    def test_that_leaves_something_out_has_no_page(self, client, name):
        says = {**WHOLE, "code": f"made_up_without_{name}"}
        del says[name]

        assert {name, "page"} <= self.lacks(client, ForbiddenError, **says)


def test_the_text_names_the_data():
    text = str(InsufficientCreditError(required=3, available=1))

    assert "3" in text
    assert "1" in text


def test_a_percent_sign_in_the_data_does_no_harm():
    assert "100%s" in str(MalformedJsonError(why="100%s"))
