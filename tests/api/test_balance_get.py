"""`GET /balance`: the four buckets of the key's account."""

from apps.audit.actors import SYSTEM
from apps.common import clock
from apps.ledger.services import alerts
from tests.factories.senders import SEND, make_caller

BALANCE = "/api/v1/balance"


def test_tells_the_buckets(caller):
    caller.post({**SEND, "to": ["13800138000", "18900138000"]})

    assert caller.get(BALANCE).json() == {
        "account": caller.account.code,
        "available": 998,
        "held": 0,
        "spent": 2,
        "issued": 1000,
        "alert_below": None,
    }


def test_is_zero_before_the_first_recharge(db):
    shown = make_caller(segments=0).get(BALANCE).json()

    assert (shown["available"], shown["issued"]) == (0, 0)


def test_tells_when_the_partner_wants_to_be_warned(caller):
    alerts.set_threshold(account=caller.account, alert_below=100, by=SYSTEM, at=clock.now())

    assert caller.get(BALANCE).json()["alert_below"] == 100


def test_of_a_suspended_account_is_still_shown(caller):
    type(caller.account).objects.update(status="SUSPENDED")

    assert caller.get(BALANCE).status_code == 200
    assert caller.post(SEND).json()["code"] == "account_suspended"
