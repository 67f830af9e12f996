"""Bodies and answers: one class each, which reads what its description says, and tells it truly."""

import jsonschema_rs
import pytest
from django.utils import translation

from apps.api.answers import Answer
from apps.api.bodies import Body
from apps.api.messages.bodies import Send
from apps.api.schema import described
from apps.common.errors import InvalidRequestError
from tests.bounds import load_everything, subclasses

load_everything()
BODIES = sorted(set(subclasses(Body)), key=lambda body: body.__name__)
FIELDS = [
    pytest.param(body, name, id=f"{body.__name__}.{name}")
    for body in BODIES
    for name, schema in described(body)["properties"].items()
    # Files, days of usual years alone, and a code that is looked up.
    if schema.get("format") not in {"binary", "date"} and (body is Send or name != "to")
]
VALUES = [
    None, True, False, 0, 1, 60, 60.0, 1.5, -1, 10**9, 10**30, "", " ", "青禾", "青\n禾", "青\u202e禾",
    "a\0", "otp", "own", "behalf", "company", "retail", "licence", "true", "x@example.com",
    "2026-03-02T09:00:00+08:00", "10000.00", "0.001", "TCLKJ01234", "cus_12", [], ["青禾"], [1], {},
    *("字" * most for most in (4, 5, 20, 21, 100, 101, 200, 201, 500, 501)),
]  # fmt: skip
# What no schema can say: an email address, an amount above zero.
LOOSER = {"contact_email", "amount"}


def errors_of(body, sent):
    """Return what is wrong with a body, by field."""
    try:
        body.read(sent)
    except InvalidRequestError as error:
        return error.data["errors"]
    return {}


@pytest.mark.parametrize(("body", "name"), FIELDS)
def test_a_field_is_read_as_it_is_described(body, name):
    allows = jsonschema_rs.validator_for(
        described(body)["properties"][name], validate_formats=True
    ).is_valid
    wrong = [
        value
        for value in VALUES
        if (name not in errors_of(body, {name: value})) != allows(value)
        and not (name in LOOSER and allows(value))
    ]

    assert wrong == []


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_the_examples_that_people_copy_are_read(body):
    properties = described(body)["properties"]
    shown = {name: schema["example"] for name, schema in properties.items() if "example" in schema}

    assert errors_of(body, shown).keys().isdisjoint(shown)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_everything_that_is_wrong_is_told_at_once_in_the_readers_language(body):
    sent = dict.fromkeys(body.model_fields, object()) | {"nope": 1}

    with translation.override("en"):
        english = errors_of(body, sent)
    with translation.override("zh-hans"):
        chinese = errors_of(body, sent)

    assert english.keys() == chinese.keys() == sent.keys()
    assert all(english[name] != chinese[name] for name in sent)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_what_has_no_default_must_be_sent(body):
    missing = errors_of(body, {})

    assert sorted(missing) == sorted(described(body).get("required", []))


def test_what_was_left_out_of_a_change_is_not_given():
    change = next(body for body in BODIES if body.__name__ == "SignatureChange")

    assert change.read({"text": "青禾"}).given() == {"text": "青禾"}
    assert change.read({}).given() == {}


def test_no_two_classes_are_one_component():
    names = [each.__name__ for base in (Body, Answer) for each in set(subclasses(base))]

    assert sorted(names) == sorted(set(names))
    assert len(names) > 30
