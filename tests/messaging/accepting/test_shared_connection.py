from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection

from apps.messaging.accepting.shared_connection import SharedConnection

pytestmark = pytest.mark.django_db(transaction=True)

WHO = "SELECT pg_backend_pid()"


@pytest.fixture
def shared():
    made = SharedConnection()
    yield made
    made.close()


def end(pid):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_all_threads_meet_the_same_server_process(shared):
    with ThreadPoolExecutor(3) as pool:
        pids = {pool.submit(shared.execute, WHO, ()).result()[0][0] for _ in range(6)}

    assert len(pids) == 1


def test_is_opened_anew_where_the_server_has_ended_it(shared):
    [(first,)] = shared.execute(WHO, ())
    end(first)

    [(second,)] = shared.execute(WHO, ())

    assert second != first


def test_says_when_it_is_lost_under_a_statement_and_is_opened_anew(shared):
    with pytest.raises(psycopg.OperationalError):
        shared.execute("SELECT pg_terminate_backend(pg_backend_pid())", ())

    assert shared.execute("SELECT $1::int", (1,)) == [(1,)]


def test_each_statement_is_a_transaction_of_its_own(shared):
    [(first,)] = shared.execute("SELECT pg_current_xact_id()::text", ())
    [(second,)] = shared.execute("SELECT pg_current_xact_id()::text", ())

    assert first != second
