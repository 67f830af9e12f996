"""Every form makes what it makes once, however often and however fast it is sent."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import URLPattern, get_resolver

from apps.common import form_keys
from apps.common.middleware import KEYED_NAMESPACES
from tests.access import world as worlds
from tests.access.visitors import browser_of
from tests.racing import race
from tests.sent_forms import MAKES, Upload, filled

TIMES = 8
# The first answer is what is shown this once.
SHOWN_ONCE = {
    "portal:key-issue",
    "admin:users_user_enrol",
    "admin:partners_partner_add_member",
}


def counts() -> dict[str, int]:
    """Count the rows of everything that a form may write, the histories too."""
    ours = [each._meta for each in apps.get_models() if each.__module__.startswith("apps.")]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{each.label}', count(*) FROM {each.db_table}" for each in ours
            )
        )
        return dict(cursor.fetchall())


def difference(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def sent(form, world, key: str) -> tuple[int, str]:
    """Send a form with its key, and return where it led."""
    values = {
        name: SimpleUploadedFile(value.name, value.content) if isinstance(value, Upload) else value
        for name, value in form.values.items()
    }
    browser = browser_of(form.visitor, world)
    answer = browser.post(form.address, {**values, form_keys.FIELD: key})
    return answer.status_code, answer.headers.get("Location", "")


def story(route: str, world) -> dict[str, object]:
    """Send a form many times at one moment, then once more; tell what came of it."""
    form, key = filled(route, world), form_keys.new_key()
    before = counts()

    answers = race(*[lambda: sent(form, world, key)] * TIMES)
    first = counts()
    later = sent(form, world, key)

    made = difference(before, first)
    return {
        "made": made.get(form.makes),
        "kept": made.get("common.SentForm"),
        "faults": [each for each in answers if isinstance(each, Exception)],
        "statuses": {each[0] for each in [*answers, later] if not isinstance(each, Exception)},
        "led to": len({each[1] for each in [*answers, later] if each[1]}),
        "made by the last": difference(first, counts()),
    }


@pytest.mark.django_db(transaction=True)
def test_every_form_that_makes_something_makes_it_once(tmp_path, settings):
    """One world for all forms, because making it and emptying it takes longer than sending one."""
    settings.MEDIA_ROOT, settings.PREVIEWS_ROOT = tmp_path / "files", tmp_path / "previews"
    with transaction.atomic():
        world = worlds.make()

    stories = {route: story(route, world) for route in MAKES}

    once = {"made": 1, "kept": 1, "faults": [], "led to": 1, "made by the last": {}}
    assert stories == {
        route: once | {"statuses": {200, 302} if route in SHOWN_ONCE else {302}} for route in MAKES
    }


def routes(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern.callback
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)


def test_what_is_left_out_of_carrying_out_once_is_known():
    views = dict(routes(get_resolver().url_patterns))

    assert {route.partition(":")[0] for route in MAKES} == KEYED_NAMESPACES
    assert {name for name, view in views.items() if hasattr(view, "form_is_of_many")} == {
        "backoffice:matching-confirm",
        "backoffice:judging-together",
    }
    assert {name for name, view in views.items() if hasattr(view, "form_goes_on")} == {
        "portal:signature-save"
    }


POST = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)


def test_every_form_of_a_template_has_its_tokens():
    lacking = [
        template.name
        for template in Path(settings.TEMPLATES[0]["DIRS"][0]).rglob("*.html")
        for form in POST.findall(template.read_text())
        if "{% csrf_token %}" not in form
    ]

    assert lacking == []
