from contextlib import contextmanager

import pytest
from django.db import connection

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.ledger.services import credits as ledger
from tests.factories.partners import AccountFactory


@pytest.fixture
def account(db):
    """An account with 100 segments."""
    account = AccountFactory()
    recharge(account, 100)
    return account


def recharge(account, segments):
    return ledger.recharge(
        account_id=account.pk, segments=segments, recharge_id=1, by=SYSTEM, at=clock.now()
    )


def transfer(source, target, segments, **given):
    return ledger.transfer(
        source=source, target=target, segments=segments, by=SYSTEM, at=clock.now(), **given
    )


@contextmanager
def unguarded(table):
    """Switch the append-only trigger of a table off, as somebody with the server's keys could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
