"""An administrator of the gateway at the admin."""

import pytest
from django.test import Client

from tests.factories.users import StaffFactory


@pytest.fixture
def admin_browser(db):
    client = Client()
    client.force_login(StaffFactory())
    return client
