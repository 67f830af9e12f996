"""The Chinese catalogue is complete, and what is compiled is what is written.

Needs no gettext: a fresh machine has none, so the .po is read here and the .mo by Python.
"""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

LOCALE = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"
SOURCES = ("apps", "config", "templates")
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "pgettext"}
PLURAL_MARKERS = {"ngettext", "ngettext_lazy"}  # Found by their singular.
CONTEXT_GLUE = "\x04"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def catalogue():
    """Read the .po: {message, with its context in front: (translation, whether fuzzy)}."""
    entries = {}
    for block in (LOCALE / "django.po").read_text().split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines:
            parts = _parts(lines)
            glued = CONTEXT_GLUE.join(filter(None, (parts.get("msgctxt"), parts["msgid"])))
            # Chinese has one plural form.
            entries[glued] = (parts.get("msgstr", parts.get("msgstr[0]")), "#, fuzzy" in block)
    entries.pop("", None)
    return entries


def _parts(lines):
    parts, key = {}, ""
    for line in lines:
        keyword, _, rest = line.partition(" ") if not line.startswith('"') else (key, "", line)
        key = keyword
        parts[key] = parts.get(key, "") + ast.literal_eval(rest)
    return parts


def compiled():
    with (LOCALE / "django.mo").open("rb") as file:
        messages = gettext.GNUTranslations(file)._catalog
    singulars = {
        (key[0] if isinstance(key, tuple) else key): text for key, text in messages.items()
    }
    return {message: text for message, text in singulars.items() if message}


def messages_in_sources():
    found = set()
    for source in SOURCES:
        for path in (settings.PROJECT_DIR / source).rglob("*"):
            if path.suffix == ".py":
                found |= _marked(path.read_text())
            elif path.suffix in {".html", ".txt"}:
                found |= _marked_in_template(path.read_text())
    return found


def _marked(code):
    found = set()
    for node in ast.walk(ast.parse(code)):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if name not in MARKERS | PLURAL_MARKERS:
            continue
        arguments = node.args[:1] if name in PLURAL_MARKERS else node.args
        texts = [arg.value for arg in arguments if isinstance(arg, ast.Constant)]
        texts = [text for text in texts if isinstance(text, str)]
        if texts:
            found.add(CONTEXT_GLUE.join(texts))
    return found


def _marked_in_template(template):
    """Find what Django's own template reader marks; it writes calls that xgettext would read."""
    found = set()
    for call in re.finditer(
        r"""(?<!n)\b(p?)gettext\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?)+)\)|"""
        r"""\b_\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))+)\)""",
        templatize(template),
    ):
        texts = ast.literal_eval(f"[{call.group(2) or call.group(3)}]")
        found.add(CONTEXT_GLUE.join(texts))
    for call in re.finditer(
        r"""\bngettext\(\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", templatize(template)
    ):
        found.add(ast.literal_eval(call.group(1)))
    return found


CATALOGUE = catalogue()


def test_every_message_of_the_sources_is_in_the_catalogue():
    assert sorted(messages_in_sources() - set(CATALOGUE)) == []


def test_nothing_in_the_catalogue_is_gone_from_the_sources():
    assert sorted(set(CATALOGUE) - messages_in_sources()) == []


def test_every_message_is_translated_and_none_is_a_guess():
    unfinished = [message for message, (text, fuzzy) in CATALOGUE.items() if not text or fuzzy]

    assert unfinished == []


def test_the_compiled_catalogue_is_the_written_one():
    assert compiled() == {message: text for message, (text, _fuzzy) in CATALOGUE.items()}


@pytest.mark.parametrize(
    ("message", "text"),
    [(message, text) for message, (text, _fuzzy) in CATALOGUE.items() if "%(" in message],
    ids=lambda part: part[:40],
)
def test_placeholders_are_kept(message, text):
    assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(message))


def test_nothing_that_should_be_chinese_is_english():
    kept = {"App", "API", "SHA-256"}
    english = [
        message
        for message, (text, _fuzzy) in CATALOGUE.items()
        if not re.search(r"[\u4e00-\u9fff]", text)
        and re.search(r"[A-Za-z]", PLACEHOLDER.sub("", text))  # Else it is punctuation.
        and text not in kept
    ]

    assert english == []
