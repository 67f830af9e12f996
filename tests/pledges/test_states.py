"""Every state × every verb: what the table allows passes, all else raises and changes nothing."""

from datetime import timedelta

import pytest

from apps.common.models import OutboxEvent
from apps.pledges.choices import EDITABLE, HELD, NEXT_PLEDGE_STATUS, RejectionReason
from apps.pledges.choices import PledgeStatus as S
from apps.pledges.models import Pledge, PledgeRound
from apps.pledges.services import applications, pledges, steps
from tests.factories import files
from tests.factories.partners import GatewayFactory
from tests.factories.pledges import SPRING, FirstTemplateFactory, PledgeFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db

LATER = SPRING + timedelta(hours=2)
VERBS = {
    "fill": lambda pk, by: applications.fill(
        pledge_id=pk, audience="会员", consent="书面", samples=["通知"], by=by
    ),
    "print_form": lambda pk, by: applications.print_form(pledge_id=pk, by=by, at=LATER),
    "attach_signed_copy": lambda pk, by: applications.attach_signed_copy(
        pledge_id=pk, file=files.pdf(), by=by
    ),
    "submit": lambda pk, by: applications.submit(pledge_id=pk, by=by, at=LATER),
    "withdraw": lambda pk, by: applications.withdraw(pledge_id=pk, by=by, at=LATER),
    "urge": lambda pk, by: applications.urge(pledge_id=pk, by=by, at=LATER),
    "give_up": lambda pk, by: applications.give_up(pledge_id=pk, by=by),
    "renew": lambda pk, by: applications.renew(pledge_id=pk, by=by, at=LATER),
    "approve": lambda pk, by: pledges.approve(pledge_id=pk, by=by, at=LATER),
    "reject": lambda pk, by: pledges.reject(
        pledge_id=pk, reasons=[RejectionReason.NOT_STAMPED], by=by, at=LATER
    ),
    "revoke": lambda pk, by: pledges.revoke(pledge_id=pk, by=by, at=LATER, reason="超出范围"),
}
ALLOWED = {
    **{(s, v): s for s in EDITABLE for v in ("fill", "print_form", "attach_signed_copy")},
    **{(s, "renew"): s for s in HELD},
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.DRAFT, "give_up"): S.ABANDONED,
    (S.SUBMITTED, "withdraw"): S.DRAFT,
    (S.SUBMITTED, "urge"): S.SUBMITTED,
    (S.SUBMITTED, "approve"): S.APPROVED,
    (S.SUBMITTED, "reject"): S.REJECTED,
    (S.REJECTED, "submit"): S.SUBMITTED,
    (S.REJECTED, "give_up"): S.ABANDONED,
    (S.APPROVED, "revoke"): S.REVOKED,
}


def everything():
    return (
        list(Pledge.objects.order_by("pk").values()),
        list(PledgeRound.objects.order_by("pk").values()),
        OutboxEvent.objects.count(),
    )


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_table(status, verb):
    FirstTemplateFactory()
    GatewayFactory()
    trait = {"copied": True} if status == S.DRAFT else {status.lower(): True}
    pledge = PledgeFactory(**trait)
    before = everything()
    by = StaffFactory(reviewer=True).as_actor()

    if (status, verb) in ALLOWED:
        VERBS[verb](pledge.pk, by)
        pledge.refresh_from_db()
        assert pledge.status == ALLOWED[status, verb]
        return
    with pytest.raises(steps.PledgeStateError):
        VERBS[verb](pledge.pk, by)
    assert everything() == before


def test_every_step_of_the_table_has_a_verb_or_the_clock():
    by_verb = {(before, after) for (before, _verb), after in ALLOWED.items() if before != after}
    by_clock = {(S.APPROVED, S.EXPIRED)}

    assert by_verb | by_clock == {
        (before, after) for before, following in NEXT_PLEDGE_STATUS.items() for after in following
    }
