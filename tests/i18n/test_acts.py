import re

from django.conf import settings

from apps.audit.labels import LABELS

VERB = re.compile(r"""verb="([a-z_]+)\"""")
NAMED = re.compile(r"""\bact\(\s*"([a-z_.]+)\"""")
FAMILY = re.compile(r"""\bact\(\s*f"([a-z_]+)\.\{verb\}\"""")


def acts_in_services():
    for path in (settings.PROJECT_DIR / "apps").glob("*/services/**/*.py"):
        code = path.read_text()
        yield from NAMED.findall(code)
        for family in FAMILY.findall(code):
            yield from (f"{family}.{verb}" for verb in VERB.findall(code))


def test_every_act_has_a_name_for_readers():
    assert sorted(set(acts_in_services()) - set(LABELS)) == []


def test_no_act_is_named_that_is_gone():
    assert sorted(set(LABELS) - set(acts_in_services())) == []
