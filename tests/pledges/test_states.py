"""Every state × every verb: what the table allows passes, all else raises and changes nothing."""

import pytest

from apps.pledges.choices import PledgeStatus as S
from apps.pledges.models import Pledge
from apps.pledges.services import pledges
from tests.factories import files
from tests.factories.pledges import SPRING, PledgeFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db

VERBS = {
    "attach_signed_copy": lambda pk, by: pledges.attach_signed_copy(
        pledge_id=pk, file=files.pdf(), by=by
    ),
    "submit": lambda pk, by: pledges.submit(pledge_id=pk, by=by, at=SPRING),
    "approve": lambda pk, by: pledges.approve(pledge_id=pk, by=by, at=SPRING),
    "reject": lambda pk, by: pledges.reject(pledge_id=pk, by=by, at=SPRING, reason="未盖章"),
    "revoke": lambda pk, by: pledges.revoke(pledge_id=pk, by=by, at=SPRING, reason="超出范围"),
}
ALLOWED = {
    (S.DRAFT, "attach_signed_copy"): S.DRAFT,
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.SUBMITTED, "approve"): S.APPROVED,
    (S.SUBMITTED, "reject"): S.REJECTED,
    (S.REJECTED, "attach_signed_copy"): S.REJECTED,
    (S.REJECTED, "submit"): S.SUBMITTED,
    (S.APPROVED, "revoke"): S.REVOKED,
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_table(status, verb):
    trait = {"copied": True} if status == S.DRAFT else {status.lower(): True}
    pledge = PledgeFactory(**trait)
    before = Pledge.objects.values().get()
    by = StaffFactory(reviewer=True).as_actor()

    if (status, verb) in ALLOWED:
        VERBS[verb](pledge.pk, by)
        assert Pledge.objects.get().status == ALLOWED[status, verb]
        return
    with pytest.raises(pledges.PledgeStateError):
        VERBS[verb](pledge.pk, by)
    assert Pledge.objects.values().get() == before
