"""The expressions that Alpine may evaluate are those of the templates, and no others."""

import re

import pytest
from django.urls import reverse

from apps.backoffice.alpine import javascript, sources
from apps.backoffice.alpine import views as alpine
from apps.backoffice.alpine.sources import SLOT


def found(source):
    return sorted(sources.found_in(source))


class TestSources:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ('<a x-on:click="open = true">', ["open = true"]),
            ("<a x-on:click='open = true'>", ["open = true"]),
            ('<a x-show="a &amp;&amp; b">', ["a && b"]),
            ('<a x-data="{\n  a: 1,\n  b: 2\n}">', ["{ a: 1, b: 2 }"]),
            ('<a x-show="tab == \'{{ name|slugify }}\'">', [f"tab == '{SLOT}'"]),
            ('<a x-data="{ a: {% if b %}1{% else %}2{% endif %} }">', ["{ a: 1 }", "{ a: 2 }"]),
            ('<a x-data="f({% if a %}1{% endif %})">', ["f()", "f(1)"]),
            ('<a x-data="{% if a %}1{% elif b %}2{% endif %}">', ["", "1", "2"]),
            ('<a x-show="{% if a %}{% if b %}1{% else %}2{% endif %}{% else %}3{% endif %}">',
             ["1", "2", "3"]),
            ('<a x-text="{% if a == "b" %}1{% else %}2{% endif %}">', ["1", "2"]),
            ('<a x-show="a{# why #}">', ["a"]),
            ("""{% component "b" with extra="x-on:click='a = !a'" %}""", ["a = !a"]),
            ('<input x-model="name">', ["name", "name = __placeholder"]),
            ('<a x-for="(one, place) in ones">', ["ones"]),
            ('<a x-ref="box" x-teleport="body" x-transition="a" x-cloak>', []),
            ('<a hx-get="/" data-x-on="1" class="x-on">', []),
        ],
    )  # fmt: skip
    def test_are_read_from_the_attributes(self, source, expected):
        assert found(source) == expected

    def test_are_many_and_each_once(self):
        expressions = sources.expressions()

        assert "openModal = false" in expressions
        assert "mark(marked === 0)" in expressions
        assert len(expressions) > 100
        assert len(set(expressions)) == len(expressions)


class TestFilled:
    @pytest.mark.parametrize(
        ("expression", "written", "code"),
        [
            (f"tab == '{SLOT}'", "tab == 'a-b'", 'tab == ("" + slots[0] + "")'),
            (f"tab == 'a-{SLOT}'", "tab == 'a-b'", 'tab == ("a-" + slots[0] + "")'),
            (f"{{'{SLOT}': 1}}", "{'b': 1}", '{["" + slots[0] + ""]: 1}'),
            (f"place = {SLOT}", "place = 12", "place = Number(slots[0])"),
            (f"open{SLOT} = !open{SLOT}", "open1 = !open1",
             'scope["open" + slots[0] + ""] = !scope["open" + slots[1] + ""]'),
            (f"{{ open{SLOT}: 1 }}", "{ open1: 1 }", '{ ["open" + slots[0] + ""]: 1 }'),
            (f"$refs.box{SLOT}", "$refs.box1", '$refs["box" + slots[0] + ""]'),
        ],
    )  # fmt: skip
    def test_takes_what_a_template_fills_in_as_a_value(self, expression, written, code):
        pattern, made = javascript.filled(expression)

        assert re.fullmatch(pattern, written)
        assert made == code

    @pytest.mark.parametrize(
        "text", ["tab == '' + alert(1) + ''", "tab == 'a\\'", "tab == '\"'", "alert(1)"]
    )
    def test_takes_no_code(self, text):
        pattern, _made = javascript.filled(f"tab == '{SLOT}'")

        assert re.fullmatch(pattern, text) is None


class TestScript:
    def test_is_kept_by_browsers_under_the_address_of_its_content(self, client):
        response = client.get(alpine.address(None))

        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["Content-Type"].startswith("text/javascript")
        assert "openModal = false" in response.text

    def test_is_asked_for_again_under_another_address(self, client):
        response = client.get(reverse("backoffice:alpine-expressions"), {"v": "old"})

        assert "no-cache" in response.headers["Cache-Control"]
