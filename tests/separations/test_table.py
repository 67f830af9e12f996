"""The table itself, and that every service which decides asks it."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

import apps
from apps.audit import separations
from apps.audit.actors import SYSTEM, Actor
from apps.audit.labels import LABELS
from apps.audit.separations import RELAXABLE, SEPARATIONS, SeparationError
from apps.reviews.kinds import KINDS
from config import env
from tests.separations.deeds import DEEDS

LI = Actor.user(1, "李娜")
WANG = Actor.user(2, "王芳")
ROOT = Path(apps.__file__).parent
# Verbs by which somebody decides about what another made.
DECIDES = {"approve", "confirm", "publish", "activate", "write_off", "confirm_profile"}
# Decided alone, and why that is no danger.
ALONE = {
    "agreement_templates.publish": "wording that every single agreement is read with again",
    "pledge_wordings.publish": "wording that every single pledge is read with again",
    "matches.confirm": "proposes; what it credits goes through recharges.confirm",
}
# Of every kind of application the one door of `reviews` asks; a signature is suspended besides.
JUDGED = {f"{name}.{verb}" for name in KINDS for verb in ("approve", "reject", "revoke")} | {
    "signatures.suspend",
    "signatures.resume",
}
ACTS = {act for row in SEPARATIONS.values() for act in row.acts}


def calls(function):
    """Return the first argument of every call of a function of that name in the services."""
    for path in ROOT.glob("*/services/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "func", None)
            called = getattr(name, "attr", None) or getattr(name, "id", None)
            if isinstance(node, ast.Call) and called == function and node.args:
                yield node.args[0]


def words(node):
    """Return what a name of an act is in the source; the verb of an f-string stands open."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else "*" for part in node.values
        )
    return ""


def test_every_act_of_the_table_has_a_name_and_is_tried_through_its_doors():
    before = {each for row in SEPARATIONS.values() for each in row.not_after}

    assert set(LABELS) >= ACTS | before
    assert set(DEEDS) == ACTS


def test_every_act_that_decides_is_in_the_table_or_said_to_be_done_alone():
    named = {words(node) for node in calls("act")} - {""} | JUDGED
    named = {each for each in named if not each.startswith("*.")}
    deciding = {each for each in named if each.rpartition(".")[2] in DECIDES}

    assert deciding - ACTS == set(ALONE)


def test_every_act_of_the_table_is_asked_for_by_a_service():
    asked = {words(node) for name in ("check", "check_person", "_check_person", "_to_judge")
             for node in calls(name)} | JUDGED  # fmt: skip
    families = {each.partition(".")[0] for each in asked if each.endswith(".*")}

    assert {
        act for act in ACTS if act not in asked and act.partition(".")[0] not in families
    } == set()


@pytest.mark.parametrize("row", SEPARATIONS.values(), ids=SEPARATIONS)
def test_a_row_is_told_in_both_languages(row):
    for language in ("zh-hans", "en"):
        with translation.override(language):
            act, before = min(row.acts), min(row.not_after)
            found = separations.judge(act, by=LI, hands={before: [1]}).obstacle

            assert str(LABELS[before]) in found.text
            assert str(row.who) in found.text
            assert str(row.why) in found.text


class TestJudge:
    def test_refuses_whoever_did_the_earlier_act(self):
        with pytest.raises(SeparationError):
            separations.check("rates.publish", by=LI, hands={"rates.save_draft": [2, 1]})

    def test_lets_somebody_else_do_it(self):
        assert separations.check("rates.publish", by=WANG, hands={"rates.save_draft": [1]}) == ()

    def test_the_system_has_done_nothing_itself(self):
        assert (
            separations.check("rates.publish", by=SYSTEM, hands={"rates.save_draft": [None]}) == ()
        )

    def test_an_act_without_a_row_is_a_fault_of_the_code(self):
        with pytest.raises(LookupError):
            separations.check("rates.open", by=LI, hands={})

    def test_one_relaxed_row_leaves_the_others_standing(self, settings):
        settings.RELAXED_SEPARATIONS = frozenset({"agreement-prepared"})
        hands = {"agreements.draft": [1], "agreements.issue": [1]}

        with pytest.raises(SeparationError):
            separations.check("agreements.activate", by=LI, hands=hands)
        assert separations.check("agreements.activate", by=LI, hands={"agreements.issue": [1]}) == (
            "agreement-prepared",
        )


class TestSetting:
    def test_is_empty_at_first(self, monkeypatch):
        monkeypatch.delenv("RELAXED_SEPARATIONS", raising=False)

        assert env.some_of("RELAXED_SEPARATIONS", among=RELAXABLE) == frozenset()

    def test_names_rows(self, monkeypatch):
        monkeypatch.setenv("RELAXED_SEPARATIONS", "prices-drafted, reversal-requested")

        found = env.some_of("RELAXED_SEPARATIONS", among=RELAXABLE)

        assert found == {"prices-drafted", "reversal-requested"}

    @pytest.mark.parametrize("name", ["recharge-typed", "everything"])
    def test_stops_the_start_at_a_name_that_may_not_be_relaxed(self, monkeypatch, name):
        monkeypatch.setenv("RELAXED_SEPARATIONS", name)

        with pytest.raises(env.SettingError, match=name):
            env.some_of("RELAXED_SEPARATIONS", among=RELAXABLE)
