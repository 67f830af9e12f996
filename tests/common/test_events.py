"""Every event says what it is in facts and codes; classes and publishers are found, not listed."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils.translation import gettext_lazy

import apps
from apps.common import clock, outbox
from apps.common.models import OutboxDelivery, OutboxEvent
from apps.common.outbox import Code, Event, Written, encoding
from apps.common.outbox.delivery import deliver_due
from apps.common.outbox.events import every_event, payload_types
from apps.pledges.choices import RejectionReason
from tests.common.earlier_events import PAYLOADS
from tests.common.outbox import Diary, event_like, reading
from tests.common.published import CHINESE, faults_of
from tests.common.test_errors import import_all

import_all()
EVENTS = [kind for kind in every_event() if kind.__module__.startswith("apps.")]
EVERY = pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
FACTS = {kind.__name__: set(payload_types(kind)) for kind in EVENTS}
PUBLISHES = re.compile(r"outbox|\bevents\b")
SOURCES = [path for path in Path(apps.__path__[0]).rglob("*.py") if "/migrations/" not in str(path)]


def faults_of_class(kind):
    """Name what is wrong with the declaration of an event."""
    types = payload_types(kind)
    defaults = [field.default for field in fields(kind) if isinstance(field.default, str)]
    return {
        "name": not re.fullmatch(r"[a-z]+\.[a-z_]+", kind.name),
        "subject": not re.fullmatch(r"[a-z_]+", getattr(kind, "subject_kind", "")),
        "types": not all(map(encoding.is_fact, types.values())),
        "default": any(CHINESE.search(text) for text in defaults),
    }


@EVERY
def test_every_event_is_declared_in_facts_and_codes(kind):
    assert not any(faults_of_class(kind).values())


@EVERY
def test_every_event_comes_back_as_it_was_published(kind):
    event = event_like(kind, partner_id=7)

    payload = encoding.payload_of(event)

    assert encoding.event_of(kind, payload, subject_id="1", partner_id=7, account_id=None) == event


def test_every_name_belongs_to_one_event():
    names = [kind.name for kind in EVENTS]

    assert len(names) >= len(PAYLOADS)
    assert [name for name in names if names.count(name) > 1] == []


def test_nothing_is_published_but_what_is_declared():
    texts = {str(path): path.read_text() for path in SOURCES}
    publishing = {path: text for path, text in texts.items() if PUBLISHES.search(text)}
    faults = {path: faults_of(text, FACTS) for path, text in publishing.items()}

    assert len(faults) > 20
    assert {path: found for path, found in faults.items() if found} == {}


class TestEarlierRows:
    @pytest.mark.parametrize("name", PAYLOADS)
    def test_are_handed_over_as_objects(self, db, name):
        diary, at = Diary(), clock.now()
        row = OutboxEvent.objects.create(
            id="01999999-0000-7000-8000-000000000001", name=name, partner_id=7, subject_kind="x",
            subject_id="1", payload=PAYLOADS[name], created_at=at,
        )  # fmt: skip
        OutboxDelivery.objects.create(event=row, consumer="diary", due_at=at)

        with reading(diary):
            deliver_due(at=at)

        (event,) = diary.taken
        kept = {
            key: PAYLOADS[name][key] for key in payload_types(type(event)) if key in PAYLOADS[name]
        }
        assert (event.name, event.partner_id) == (name, 7)
        assert encoding.payload_of(event).items() >= _as_written(kept).items()


def _as_written(payload):
    """Write moments as they are written now."""
    return {
        key: datetime.fromisoformat(value).isoformat() if key == "due_at" else value
        for key, value in payload.items()
    }


@dataclass(frozen=True, kw_only=True)
class MadeUp(Event):
    """Stands for what somebody may write."""

    subject_kind = "made_up"

    number: Code = "1"
    remark: Written = ""
    day: date = date(2026, 3, 2)
    segments: int = 0
    reasons: tuple[RejectionReason, ...] = ()


class TestMadeUpClass:
    @pytest.mark.parametrize("how", [str, list, dict, object, tuple[str, ...], str | None, float])
    def test_with_a_field_of_no_kind_is_found(self, how):
        kind = type("Wrong", (MadeUp,), {"__annotations__": {"said": how}, "name": "made.up"})

        assert faults_of_class(dataclass(frozen=True, kw_only=True)(kind))["types"]

    def test_with_a_sentence_as_a_default_is_found(self):
        kind = type("Wrong", (MadeUp,), {"__annotations__": {"said": Written}, "said": "被拒绝"})
        kind.name = "made.up"

        assert faults_of_class(dataclass(frozen=True, kw_only=True)(kind))["default"]

    @pytest.mark.parametrize("name", ["Rejected", "signature", "signature.Rejected", "签名.拒绝"])
    def test_with_an_odd_name_is_found(self, name):
        assert faults_of_class(type("Wrong", (MadeUp,), {"name": name}))["name"]

    def test_without_a_subject_is_found(self):
        assert faults_of_class(type("Wrong", (Event,), {"name": "made.up"}))["subject"]


class TestMadeUpPublisher:
    @pytest.mark.parametrize(
        ("source", "fault"),
        [
            ('news.tell(MadeUp, it, at, colour="red")', "colour is not declared"),
            ('outbox.publish(MadeUp(subject_id="1", colour=1), at=at)', "colour is not declared"),
            ('news.tell(MadeUp, it, at, remark="材料已过期")', "remark holds a sentence"),
            ('news.tell(MadeUp, it, at, remark=gettext("Expired"))', "remark is translated"),
            ('news.tell(MadeUp, it, at, remark=str(_("Expired")))', "remark is translated"),
            ('MadeUp(remark=it.get_status_display(), subject_id="1")', "remark is translated"),
            ('news.tell(MadeUp if a else MadeUp, it, remark=f"{x}!")', "remark is put together"),
            ('MadeUp(remark=told % {"x": 1})', "remark is put together"),
            ('outbox.publish("made.up", at=at)', "publishes what is no event"),
        ],
    )
    def test_is_found(self, source, fault):
        assert fault in faults_of(source, {"MadeUp": {"remark"}})

    def test_that_hands_on_what_it_has_is_not(self):
        source = 'news.tell(MadeUp, it, at, remark=it.remark); publish(MadeUp(subject_id=f"{x}"))'

        assert faults_of(source, {"MadeUp": {"remark"}}) == []


class TestMadeUpFact:
    def encoded(self, **facts):
        return encoding.payload_of(MadeUp(partner_id=None, subject_id="1", **facts))

    def test_is_written_when_it_is_what_was_declared(self):
        assert self.encoded(remark="看不清", reasons=("ILLEGIBLE",)) == {
            "number": "1", "remark": "看不清", "day": "2026-03-02", "segments": 0,
            "reasons": ["ILLEGIBLE"],
        }  # fmt: skip

    @pytest.mark.parametrize(
        "facts",
        [
            {"remark": gettext_lazy("A paper has expired")},
            {"number": gettext_lazy("A paper has expired")},
            {"number": None},
            {"number": "已过期"},
            {"day": "2026-03-02"},
            {"day": datetime(2026, 3, 2, tzinfo=clock.SHANGHAI)},
            {"segments": True},
            {"segments": "1"},
            {"reasons": ("Nobody's code",)},
        ],
        ids=str,
    )
    def test_is_refused_when_it_is_not(self, facts):
        with pytest.raises((TypeError, ValueError)):
            self.encoded(**facts)

    def test_that_was_not_declared_is_refused(self):
        with pytest.raises(TypeError, match="colour"):
            MadeUp(partner_id=None, subject_id="1", colour="red")


def test_a_name_without_a_class_waits(db):
    diary, at = Diary(), clock.now()
    row = OutboxEvent.objects.create(
        id="01999999-0000-7000-8000-000000000002", name="not.known", subject_kind="x",
        subject_id="1", payload={}, created_at=at,
    )  # fmt: skip
    OutboxDelivery.objects.create(event=row, consumer="diary", due_at=at)

    with reading(diary):
        outbox.deliver_due(at=at)

    assert OutboxDelivery.objects.get().last_error == "UnknownEventError: not.known"
