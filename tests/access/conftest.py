"""The world, for every test that asks every address.

It is made once for a module, in a transaction that is rolled back after the module's last test;
whatever a test changes is rolled back after that test.
"""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.access import world as worlds


@pytest.fixture(scope="module")
def _world_of_module(django_db_setup, django_db_blocker, tmp_path_factory):
    files = tmp_path_factory.mktemp("world")
    places = {"MEDIA_ROOT": files / "files", "PREVIEWS_ROOT": files / "previews"}
    with django_db_blocker.unblock(), override_settings(**places), transaction.atomic():
        yield worlds.make()
        transaction.set_rollback(True)


@pytest.fixture
def world(_world_of_module, db):
    """One of everything that an address can name, and one of every kind of visitor."""
    return _world_of_module
