"""/healthz and /readyz."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError

from apps.common import clock, heartbeats
from apps.common.models import WorkerHeartbeat

SECONDS_AGO = timedelta(seconds=3)


@pytest.fixture
def _with_worker(db):
    at = clock.now() - SECONDS_AGO
    heartbeats.beat(name="gw-1/77", started_at=at, at=at)


class TestHealthz:
    def test_asks_no_database(self, client):
        answer = client.get("/healthz")

        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert answer["Cache-Control"].startswith("max-age=0")

    def test_takes_no_post(self, client):
        assert client.post("/healthz").status_code == 405


@pytest.mark.usefixtures("_with_worker")
class TestReadyz:
    def test_says_what_it_checked(self, client, django_assert_num_queries):
        with django_assert_num_queries(4):
            answer = client.get("/readyz")

        assert answer.status_code == 200
        assert answer.json() == {
            "status": "ok",
            "checks": {"database": "ok", "migrations": "ok", "worker": "ok"},
        }

    @pytest.mark.parametrize("age", [None, timedelta(minutes=5)], ids=["never", "long ago"])
    def test_misses_a_worker(self, client, age):
        WorkerHeartbeat.objects.all().delete()
        if age:
            heartbeats.beat(name="gw-1/1", started_at=clock.now(), at=clock.now() - age)

        answer = client.get("/readyz")

        assert answer.status_code == 503
        assert answer.json()["checks"]["worker"] == "none seen lately"

    def test_misses_a_migration(self, client):
        MigrationRecorder(connection).record_unapplied("ledger", "0001_initial")

        answer = client.get("/readyz")

        assert answer.status_code == 503
        assert answer.json()["checks"]["migrations"] == "1 not applied"

    def test_keeps_the_reason_of_a_lost_database_to_the_log(self, client, monkeypatch, caplog):
        def fail(*_args: object) -> None:
            raise OperationalError("no password for 10.0.0.7")

        with monkeypatch.context() as patched:
            patched.setattr(connection, "cursor", fail)
            answer = client.get("/readyz")

        assert answer.status_code == 503
        assert answer.json()["checks"] == {
            "database": "cannot be asked",
            "migrations": "not checked",
            "worker": "not checked",
        }
        assert "10.0.0.7" not in answer.content.decode()
        assert "10.0.0.7" in caplog.text
