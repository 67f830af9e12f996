from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection

from apps.messaging.line import Line

pytestmark = pytest.mark.django_db(transaction=True)

WHO = "SELECT pg_backend_pid()"


@pytest.fixture
def line():
    made = Line()
    yield made
    made.close()


def end(pid):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_all_threads_meet_the_same_server_process(line):
    with ThreadPoolExecutor(3) as pool:
        pids = {pool.submit(line.run, WHO, ()).result()[0][0] for _ in range(6)}

    assert len(pids) == 1


def test_is_opened_anew_where_the_server_has_ended_it(line):
    [(first,)] = line.run(WHO, ())
    end(first)

    [(second,)] = line.run(WHO, ())

    assert second != first


def test_says_when_it_is_lost_under_a_statement_and_is_opened_anew(line):
    with pytest.raises(psycopg.OperationalError):
        line.run("SELECT pg_terminate_backend(pg_backend_pid())", ())

    assert line.run("SELECT $1::int", (1,)) == [(1,)]


def test_each_statement_is_a_transaction_of_its_own(line):
    [(first,)] = line.run("SELECT pg_current_xact_id()::text", ())
    [(second,)] = line.run("SELECT pg_current_xact_id()::text", ())

    assert first != second
