"""Where a page takes something from outside, and asking it with what it does not expect."""

import re
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit
from zlib import crc32

from django.db import transaction

import apps
from tests.bounds import forms_of_ours

MOST_SECONDS = 1.0  # of the processor, of one thread: another's load does not count
UNREADY = "readyz"  # answers 503, for no worker runs
ADMIN = ["p", "q", "o", "e", "all", "_popup", "_to_field", "_changelist_filters", "action", "index"]
_READ = re.compile(r"""(?:GET|POST|query_params|asked)(?:\.get(?:list)?\(|\[)\s*"(\w+)""")


def names_in_source():
    """Return every name that a view of ours reads from a query or a form by itself."""
    source = Path(apps.__path__[0]).rglob("*.py")
    return {name for path in source for name in _READ.findall(path.read_text())}


def names_of_forms():
    """Return the names of all fields of all forms of ours."""
    return {name for form in forms_of_ours() for name in form.base_fields}


class Page(HTMLParser):
    """What a page offers: names for its query, and the fields of its forms as a browser has them."""

    def __init__(self, html):
        super().__init__()
        self.query, self.fields = set(), {}
        self._select = ""
        self.feed(html)
        self.fields.pop("csrfmiddlewaretoken", None)

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        for name in ("href", "hx-get", "action", "hx-post"):
            self.query |= {key for key, _ in parse_qsl(urlsplit(found.get(name, "")).query)}
        name = found.get("name", "")
        if tag in {"input", "textarea", "select", "button"} and name:
            self.query.add(name)
            self.fields[name] = found.get("value") or self.fields.get(name, "")
            self._select = name if tag == "select" else ""
        if tag == "option" and self._select and (found.get("value") and "selected" in found):
            self.fields[self._select] = found["value"]


class Findings:
    """What was found wrong while asking."""

    def __init__(self, route):
        self.route = route
        self.wrong = []

    def ask(self, client, method, address, **sent):
        """Ask, undo what it did, note a fault of ours or what took too long; return a page."""
        client.raise_request_exception = False
        began = time.thread_time()
        with transaction.atomic():
            answer = client.generic(method, address, **sent)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        took = time.thread_time() - began
        is_fault = answer.status_code >= 500 and self.route != UNREADY
        if is_fault or took > MOST_SECONDS:
            why = _origin(answer) if is_fault else f"{took:.1f} s"
            line = f"{method} {self.route} {answer.status_code} {_short(address, sent)}: {why}"
            self.wrong.append(line)
        is_page = answer.status_code < 300 and "html" in answer.headers.get("Content-Type", "")
        return content.decode() if is_page else ""


def form(values):
    """Return a form as a browser sends it."""
    kind = "application/x-www-form-urlencoded"
    return {"data": urlencode(values, errors="surrogatepass").encode(), "content_type": kind}


def _origin(answer):
    info = getattr(answer, "exc_info", None)
    if not info:
        return answer.content[:120]
    steps, trace = [], info[2]
    while trace:
        steps.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    ours = [step.partition("/apps/")[2] for step in steps if "/apps/" in step]
    return f"{info[1]!r:.150} at {ours[-1] if ours else steps[-1]}"


def _short(address, sent):
    parts = [f"{part[:60]}" for part in re.split("[?&]", address)][:6]
    body = re.sub(rb"([^&]{60})[^&]*", rb"\1", sent.get("data", b""))[:400]
    return f"{'&'.join(parts)} {body.decode(errors='replace')}"


def turn(*names):
    """Return a number that is the same in every run and another for other names."""
    return crc32("/".join(map(str, names)).encode())
