"""Every kind × state × verb: what the table allows passes, all else raises and changes nothing."""

import pytest
from django.apps import apps

from apps.common.models import OutboxEvent
from apps.reviews.kinds import KINDS
from tests.factories.users import StaffFactory
from tests.reviews.walked import STAY, WALKED

pytestmark = pytest.mark.django_db


def everything():
    models = [*apps.get_app_config("signatures").get_models()]
    models += apps.get_app_config("pledges").get_models()
    return [list(model.objects.order_by("pk").values()) for model in (*models, OutboxEvent)]


def test_every_kind_is_walked():
    assert set(WALKED) == set(KINDS)


@pytest.mark.parametrize(
    ("name", "state", "verb"),
    [
        (name, state, verb)
        for name, walked in WALKED.items()
        for state in walked.allowed
        for verb in walked.verbs
    ],
)
def test_table(name, state, verb):
    walked = WALKED[name]
    subject, by = walked.make(state), StaffFactory(reviewer=True).as_actor()
    expected = walked.allowed[state].get(verb)

    if expected is None:
        before = everything()
        with pytest.raises(walked.kind.errors.state):
            walked.do(verb, subject, by)
        assert everything() == before
        return
    walked.do(verb, subject, by)
    assert walked.state_of(subject) == (state if expected == STAY else expected)
    assert (walked.kind.waiting_round(subject) is not None) == (subject.due_at is not None)


@pytest.mark.parametrize("name", WALKED)
def test_every_step_of_a_table_has_a_verb(name):
    walked = WALKED[name]
    made = {
        (before.removesuffix("+"), after.removesuffix("+"))
        for before, verbs in walked.allowed.items()
        for after in verbs.values()
        if after != STAY
    }

    steps = {
        (before, after) for before, following in walked.kind.steps.items() for after in following
    }
    assert {(before, after) for before, after in made if before != after} == steps
