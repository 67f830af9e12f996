"""A partner with an account, and its people signed in."""

from types import SimpleNamespace

import pytest
from django.test import Client

from apps.partners.choices import PartnerRole
from tests.factories.partners import AccountFactory, MembershipFactory, PartnerFactory


@pytest.fixture
def qinghe(db):
    """Return a partner with its account and its owner."""
    partner = PartnerFactory(name="北京青禾软件有限公司")
    return SimpleNamespace(
        partner=partner,
        account=AccountFactory(partner=partner, code="TCLKJ00042"),
        owner=MembershipFactory(partner=partner).user,
    )


@pytest.fixture
def signed_in(qinghe):
    """Return a function that signs a person of a role in."""

    def sign_in(role=PartnerRole.OWNER):
        client = Client()
        member = MembershipFactory(partner=qinghe.partner, role=role)
        client.force_login(member.user)
        return client

    return sign_in


@pytest.fixture
def owner(signed_in):
    """Return a browser in which the owner is signed in."""
    return signed_in()
