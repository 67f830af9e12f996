import re

from django.conf import settings

from apps.audit.labels import LABELS
from apps.reviews.kinds import KINDS

VERB = re.compile(r"""verb="([a-z_]+)\"""")
NAMED = re.compile(r"""\bact\(\s*"([a-z_.]+)\"""")
LOOKS = re.compile(r"""\brecord_look(?:_once)?\(\s*"([a-z_.]+)\"""")
JUDGED = re.compile(r"""\bact\(\s*f"\{kind\.name\}\.([a-z_]+)\"""")
FAMILY = re.compile(r"""\bact\(\s*f"([a-z_]+)\.\{verb\}\"""")
SUSPENDING = settings.PROJECT_DIR / "apps" / "signatures" / "services" / "signatures.py"

# Nobody does these any more; the history of older rows still names them.
FORMER = {"pledges.warn"}


def acts_in_services():
    for path in (settings.PROJECT_DIR / "apps").glob("*/services/**/*.py"):
        code = path.read_text()
        yield from NAMED.findall(code)
        for family in FAMILY.findall(code):
            yield from (f"{family}.{verb}" for verb in VERB.findall(code) or verbs_beside(path))


def verbs_beside(path):
    """Return the verbs that the other services of an app name for a step that they share."""
    return [verb for other in path.parent.glob("*.py") for verb in VERB.findall(other.read_text())]


def acts_of_kinds():
    """Return what is done with each kind of application that is judged, its own steps with them."""
    services = settings.PROJECT_DIR / "apps" / "reviews" / "services"
    code = "\n".join(path.read_text() for path in sorted(services.glob("*.py")))
    for kind in KINDS.values():
        yield from (f"{kind.name}.{verb}" for verb in [*JUDGED.findall(code), *VERB.findall(code)])
    yield from (f"signatures.{verb}" for verb in VERB.findall(SUSPENDING.read_text()))


def looks_in_views():
    for path in (settings.PROJECT_DIR / "apps").rglob("views*.py"):
        yield from LOOKS.findall(path.read_text())


def acts():
    return set(acts_in_services()) | set(acts_of_kinds()) | set(looks_in_views())


def test_every_act_has_a_name_for_readers():
    assert sorted(acts() - set(LABELS)) == []


def test_no_act_is_named_that_is_gone():
    assert sorted(set(LABELS) - acts() - FORMER) == []
