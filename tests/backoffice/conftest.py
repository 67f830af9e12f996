"""Staff of each role, signed in."""

import pytest
from django.test import Client

from apps.users.choices import StaffRole
from tests.factories.users import StaffFactory


@pytest.fixture
def staff(db):
    """Return a function that signs a member of staff of a role in."""

    def sign_in(role=StaffRole.ADMINISTRATOR):
        client = Client()
        client.user = StaffFactory(staff_role=role)
        client.force_login(client.user)
        return client

    return sign_in
