"""No web server and no worker loads a parser of strangers' files: the keeper alone does."""

import subprocess
import sys

from django.conf import settings

from apps.common.confined import tasks

PARSERS = {
    "PIL", "lxml", "mt940", "openpyxl", "puremagic", "pycamt", "pypdf", "pypdfium2",
}  # fmt: skip
EVERYTHING = """
import sys
import config.wsgi
from django.urls import get_resolver

def visit(patterns):
    for each in patterns:
        visit(each.url_patterns) if hasattr(each, "url_patterns") else each.callback

visit(get_resolver().url_patterns)
print(*sys.modules)
"""
TASKS = "import sys; from apps.common.confined import tasks; tasks.load(sys.argv[1:]); print(*sys.modules)"


def modules_of(script, *words):
    run = [sys.executable, "-W", "ignore", "-c", script, *words]
    shown = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    return set(shown.split())


def test_no_page_and_no_job_loads_a_parser():
    assert not PARSERS & modules_of(EVERYTHING)


def test_the_keeper_loads_them_all_before_it_is_asked():
    paths = [task.path for task in settings.CONFINED_TASKS.values()]

    assert modules_of(TASKS, *paths) >= PARSERS
    assert set(tasks.load(paths)) == set(paths)
