"""A consumer that writes down what it is handed, and fails when told to."""

from contextlib import contextmanager

from apps.common import outbox
from apps.common.models import StoredAnswer
from apps.common.outbox import consumers


class Diary:
    """Writes one row for each event, in the transaction that it is given."""

    def __init__(self, name="diary", events=("*",)):
        self.consumer = outbox.Consumer(name=name, events=events, handle=self.handle)
        self.failures: list[BaseException] = []

    def handle(self, *, event, at):
        StoredAnswer.objects.create(
            scope=1, key=f"{self.consumer.name}/{event.pk}", fingerprint=b"", answer={},
            created_at=at,
        )  # fmt: skip
        if self.failures:
            raise self.failures.pop()

    def pages(self):
        return StoredAnswer.objects.filter(key__startswith=f"{self.consumer.name}/").count()


@contextmanager
def reading(*readers):
    """Let only these consumers read what is published."""
    kept = dict(consumers._registered)
    consumers._registered.clear()
    try:
        for reader in readers:
            outbox.register(reader.consumer)
        yield
    finally:
        consumers._registered.clear()
        consumers._registered.update(kept)


def publish(at, event="signature.approved", **fields):
    defaults = {
        "partner_id": 7, "account_id": 8, "subject_kind": "signature", "subject_id": "9",
        "payload": {"text": "青禾科技"},
    }  # fmt: skip
    outbox.publish(event=event, at=at, **defaults | fields)
