"""Nothing that is shown is trusted unless Python made it as HTML."""

import ast
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.template.utils import get_app_template_dirs
from django.utils.html import format_html
from django.utils.safestring import mark_safe

PAYLOAD = "<img src=x onerror=alert(1)>"
SHOWN = "&lt;img src=x onerror=alert(1)&gt;"
OURS = Path(settings.PROJECT_DIR) / "apps"
PLAIN_MAILS = {"password_reset_email.html"}  # Django's, sent as text/plain where it is sent


def render(source, **context):
    return engines["django"].from_string(source).render(context)


class Question(forms.Form):
    answer = forms.CharField(help_text=PAYLOAD, label=PAYLOAD)


class TestSafe:
    @pytest.mark.parametrize(
        "source",
        [
            "{{ text|safe }}",
            "{{ text|safe|default:'' }}",
            "{{ text|default:''|safe }}",
            "{% autoescape on %}{{ text|safe }}{% endautoescape %}",
            "{% for each in texts|safeseq %}{{ each }}{% endfor %}",
            "{{ texts|safeseq|join:', ' }}",
        ],
    )
    def test_does_not_trust_a_text(self, source):
        assert render(source, text=PAYLOAD, texts=[PAYLOAD]) == SHOWN

    def test_leaves_what_python_made(self):
        made = format_html("<b>{}</b>", PAYLOAD)

        assert render("{{ text|safe }}", text=made) == f"<b>{SHOWN}</b>"


class TestTemplatesOfLibraries:
    def test_escape_a_help_text(self):
        shown = render_to_string("unfold/helpers/help_text.html", {"help_text": PAYLOAD})

        assert SHOWN in shown
        assert PAYLOAD not in shown

    def test_keep_a_help_text_that_is_a_list(self):
        listed = mark_safe("<ul><li>8</li></ul>")

        assert "<li>8</li>" in render_to_string(
            "unfold/helpers/help_text.html", {"help_text": listed}
        )

    @pytest.mark.parametrize("way", ["as_p", "as_div", "as_ul", "as_table"])
    def test_escape_in_forms_that_render_themselves(self, way):
        shown = getattr(Question(), way)()

        assert SHOWN in shown
        assert PAYLOAD not in shown

    def test_escape_the_titles_of_the_navigation(self):
        groups = [{"title": PAYLOAD, "items": [{"title": PAYLOAD, "has_permission": True}]}]

        shown = render_to_string("unfold/helpers/app_list.html", {"sidebar_navigation": groups})

        assert shown.count(SHOWN) == 2
        assert PAYLOAD not in shown


class TestPages:
    def test_never_turn_escaping_off(self):
        folders = [Path(settings.PROJECT_DIR) / "templates", *get_app_template_dirs("templates")]
        pages = [page for folder in folders for page in Path(folder).rglob("*.html")]

        trusting = {page.name for page in pages if "autoescape off" in page.read_text("utf-8")}

        assert len(pages) > 300
        assert trusting <= PLAIN_MAILS


class TestOurCode:
    def test_makes_html_of_constants_and_what_is_filled_into_them(self):
        trusting = [
            f"{file.relative_to(OURS)}:{call.lineno}"
            for file in sorted(OURS.rglob("*.py"))
            for call in _calls(file, {"mark_safe", "format_html", "format_html_join", "SafeString"})
            if not _is_constant(call.args[0])
        ]

        assert trusting == []


def _calls(file, names):
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
            yield node


def _is_constant(node):
    """Tell whether a text is written in the code: a literal, a constant by name, a sum of both."""
    if isinstance(node, ast.BinOp):
        return _is_constant(node.left) and _is_constant(node.right)
    if isinstance(node, ast.JoinedStr):
        return all(map(_is_constant, node.values))
    if isinstance(node, ast.FormattedValue):
        return _is_constant(node.value)
    if isinstance(node, ast.Call):  # mark_safe("…") as the separator of a join
        return all(map(_is_constant, node.args))
    if isinstance(node, ast.Name):
        return node.id.isupper()
    return isinstance(node, ast.Constant)
