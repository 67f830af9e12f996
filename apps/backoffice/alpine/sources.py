"""Which expressions the templates of the staff pages hand to Alpine.

They are read from the templates' sources, so that nothing that a page was filled with counts. What
a template fills into an expression is a slot; where it chooses between texts, each choice is an
expression of its own.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import product
from pathlib import Path

from django.conf import settings
from django.template.utils import get_app_template_dirs

SLOT = "\ue000"  # from the area that Unicode leaves to private use, so in no template
# Written by unfold's Python rather than its templates, or asked for by name by its script.
FROM_CODE = (
    "action",
    "selectAcross",
    "window.location.href = $el.href + window.location.hash",
    "openModal",
    "filterOpen",
    "openAllApplications",
    "sidebarDesktopOpen",
    "{}",  # what an empty `x-data` means
)
_TAG = re.compile(r"\{%-?\s*(\w+).*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_ATTRIBUTE = re.compile(
    r"""(?<![\w.:-])(x-(?!ref\b|teleport\b|transition\b|cloak\b)[\w:.-]+|[:@][a-z][\w.-]*)="""
    r"""(?:"([^"]*)"|'([^']*)')"""
)
_SPACES = re.compile(r"\s+")
_MARK = re.compile("[\ue001-\uf8ff]")

Choice = list[list[str]]  # the texts of each branch of an `{% if %}`


def expressions() -> list[str]:
    """Return every expression once, sorted, with `SLOT` where a template fills something in."""
    found = set(FROM_CODE)
    for source in _templates():
        found.update(found_in(source))
    found.discard("")
    return sorted(found)


def found_in(source: str) -> Iterator[str]:
    """Yield the expressions of one template's source; of `x-model`, its assignment as well."""
    tags: list[re.Match[str]] = []

    def mark(tag: re.Match[str]) -> str:
        tags.append(tag)
        return chr(0xE000 + len(tags))

    marked = _TAG.sub(mark, source)
    handed = " ".join(tag[0] for tag in tags)  # attributes given to a component by its tag
    for name, *values in (*_ATTRIBUTE.findall(marked), *_ATTRIBUTE.findall(handed)):
        for written in _choices(unescape("".join(values)), tags):
            expression = _SPACES.sub(" ", written).strip()
            if name == "x-for":
                expression = expression.partition(" in ")[2]  # Alpine reads the rest by itself
            yield expression
            if name.startswith("x-model"):
                yield f"{expression} = __placeholder"


def _templates() -> Iterator[str]:
    folders = [path for path in get_app_template_dirs("templates") if "unfold" in Path(path).parts]
    for folder in (settings.PROJECT_DIR / "templates", *folders):
        for page in sorted(Path(folder).rglob("*.html")):
            yield page.read_text("utf-8")


def _choices(value: str, tags: list[re.Match[str]]) -> list[str]:
    """Return what the value may be, for each branch of the `{% if %}`s inside it."""
    stack: list[Choice] = [[[""]]]
    place = 0
    for mark in _MARK.finditer(value):
        _append(stack[-1], [value[place : mark.start()]])
        place = mark.end()
        tag = tags[ord(mark[0]) - 0xE001]
        _enter(stack, tag[1], is_slot=not tag[0].startswith("{#"))
    _append(stack[-1], [value[place:]])
    return stack[0][-1]


def _enter(stack: list[Choice], tag: str | None, *, is_slot: bool) -> None:
    if tag == "if":
        stack.append([[""]])
    elif tag in {"elif", "else"}:
        stack[-1].append([""])
        if tag == "else":
            stack[-1].append([])  # marks that one branch is always taken
    elif tag == "endif":
        branches = stack.pop()
        texts = [text for branch in branches for text in branch]
        _append(stack[-1], texts if [] in branches else [*texts, ""])
    elif is_slot:
        _append(stack[-1], [SLOT])


def _append(choice: Choice, texts: list[str]) -> None:
    branch = next(each for each in reversed(choice) if each)
    branch[:] = [before + after for before, after in product(branch, texts)]
