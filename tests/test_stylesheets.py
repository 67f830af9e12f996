"""Stylesheets are laid out by rule, and take their distances from the tokens."""

import re
from pathlib import Path

import cssbeautifier
import pytest

CSS = Path(__file__).resolve().parents[1] / "static" / "css"
SHEETS = sorted(CSS.glob("*.css"))
TOKENS = CSS / "tokens.css"
LAYOUT = {
    "indent_size": 2,
    "end_with_newline": True,
    "newline_between_rules": True,
    "selector_separator_newline": True,
    "space_around_combinator": True,
}
DISTANCE = re.compile(
    r"^\s*(?:margin|padding|gap|row-gap|column-gap)(?:-[a-z-]+)?: (.*);$", re.MULTILINE
)
LENGTH = re.compile(r"\d(?:px|rem)\b")


def laid_out(text):
    options = cssbeautifier.default_options()
    for name, value in LAYOUT.items():
        setattr(options, name, value)
    return cssbeautifier.beautify(text, options)


def raw_distances(text):
    return [value for value in DISTANCE.findall(text) if LENGTH.search(value)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_is_laid_out_by_rule(sheet):
    text = sheet.read_text()

    assert text == laid_out(text), "laid_out() of this file writes it as it should be"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_distances_come_from_the_tokens(sheet):
    assert raw_distances(sheet.read_text()) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_token_of_ours_is_there(sheet):
    known = set(re.findall(r"(--[\w-]+):", "".join(each.read_text() for each in SHEETS)))

    assert set(re.findall(r"var\((--(?:space|step|hairline)[\w-]*)\)", sheet.read_text())) <= known


def test_a_distance_of_ones_own_is_seen():
    assert raw_distances("a {\n  margin: 0 3px;\n  padding-top: var(--space-1);\n}\n") == ["0 3px"]


BUTTONS = CSS / "buttons.css"
TEMPLATES = sorted(CSS.parents[1].joinpath("templates").rglob("*.html"))
# Drawn by the sheet of the document viewer, by unfold, and not at all.
OTHER_BUTTONS = {"text-primary-600", "visually-hidden"}


def words_of_buttons():
    """Return the classes of every button in the templates, by template."""
    tag = re.compile(r'<button\b[^>]*?\bclass="([^"]*)"')
    return {
        (path.name, word)
        for path in TEMPLATES
        for classes in tag.findall(path.read_text())
        for word in re.sub(r"{%.*?%}", " ", classes).split()
    }


def test_buttons_are_called_by_one_vocabulary():
    known = set(re.findall(r"\.(button[\w-]*)", BUTTONS.read_text())) | OTHER_BUTTONS

    assert {(path, word) for path, word in words_of_buttons() if word not in known} == set()


@pytest.mark.parametrize("sheet", [each for each in SHEETS if each != BUTTONS], ids=str)
def test_no_other_sheet_says_what_a_button_looks_like_anywhere(sheet):
    """Where a page places its buttons, its own sheet says so: `.file-acts .button`."""
    assert (
        re.findall(
            r"^\s*\.button[\w-]*(?:[:\[][^ ,{]*)?(?= [,{]|,)", sheet.read_text(), re.MULTILINE
        )
        == []
    )
