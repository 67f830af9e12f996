"""Every error of the domain: a code of its own, words in two languages, an API status."""

import importlib
import pkgutil
import re

import pytest
from django.utils import translation
from django.utils.functional import Promise

import apps
from apps.api.errors import MalformedJsonError
from apps.api.problems import STATUS
from apps.common.errors import DomainError
from apps.ledger.services.entries import InsufficientCreditError

# What the views of REST v1 call; errors of all other modules belong to pages.
REACHED = (
    "apps.api.",
    "apps.common.errors",
    "apps.ledger.services.entries",
    "apps.messaging.",
    "apps.partners.services.api_keys",
)
NOT_REACHED = {"too_many_keys"}  # Keys are issued on a page.
CHINESE = re.compile("[一-鿿]")


def import_all():
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if ".migrations" not in module.name and ".management" not in module.name:
            importlib.import_module(module.name)


def subclasses(cls):
    for child in cls.__subclasses__():
        yield child
        yield from subclasses(child)


import_all()
ERRORS = sorted(
    {error for error in subclasses(DomainError) if error.__module__.startswith("apps.")},
    key=lambda error: error.code,
)
EVERY = pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)


def test_every_error_has_a_code_of_its_own():
    codes = [error.code for error in ERRORS]

    assert len(codes) > 50
    assert [code for code in codes if codes.count(code) > 1] == []


@EVERY
def test_the_code_is_a_plain_word(error):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", error.code)


@EVERY
def test_the_message_is_translated(error):
    assert isinstance(error.message, Promise)
    with translation.override("en"):
        assert not CHINESE.search(str(error.message))
    with translation.override("zh-hans"):
        assert CHINESE.search(str(error.message))


@EVERY
def test_what_the_api_can_meet_has_a_status(error):
    if error.__module__.startswith(REACHED) and error.code not in NOT_REACHED:
        assert error.code in STATUS


def test_no_status_is_left_without_an_error():
    assert set(STATUS) <= {error.code for error in ERRORS}


def test_the_text_names_the_data():
    text = str(InsufficientCreditError(required=3, available=1))

    assert "3" in text
    assert "1" in text


def test_a_percent_sign_in_the_data_does_no_harm():
    assert "100%s" in str(MalformedJsonError(why="100%s"))
