import pytest
from django.db import transaction
from playwright.sync_api import expect

from apps.common import clock, outbox
from apps.signatures.events import SignatureApproved
from tests.e2e.conftest import violations

pytestmark = pytest.mark.browser


def approve(signature):
    with transaction.atomic():
        outbox.publish(
            SignatureApproved(
                partner_id=signature.account.partner_id,
                subject_id=str(signature.pk),
                text=signature.text,
                order_number="QM20260302001",
            ),
            at=clock.now(),
        )
    outbox.deliver_due(at=clock.now())


def test_a_partner_sees_a_notice_and_marks_it_read(world, sign_in):
    approve(world.signature)
    page = sign_in(world.owner)

    page.get_by_role("link", name="通知 1").click()
    expect(page.get_by_text("签名【青禾科技】已通过审核")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="标为已读", exact=True).click()

    expect(page.get_by_role("link", name="通知", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="标为已读")).to_have_count(0)
