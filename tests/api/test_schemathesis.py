"""The OpenAPI document against the real server: schemathesis, all phases, all checks."""

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from tests.factories.pledges import PledgeFactory
from tests.factories.rates import RateVersionFactory
from tests.factories.senders import SEND, make_caller
from tests.factories.signatures import SignatureFactory

CHECKS = {
    # What has the right shape may still be refused by what no schema can say: a number that is
    # none, a signature that is not approved, a time that is past, a cursor that we did not give, a
    # file that is no paper (415), a step that the state does not allow (409).
    "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "415", "422"]},
}


def is_too_many_wrong_keys(check):
    """Tell whether a wrong key was refused with 429, as those after the first twenty are."""
    failure = str(check.failure_info.failure)
    return check.name == "ignored_auth" and "got `429" in failure


def faults(event):
    """Return what an event of a run says is wrong."""
    if isinstance(event, NonFatalError):
        return [event.info.format()]
    if not isinstance(event, ScenarioFinished):
        return []
    return [
        f"{check.name}: {check.failure_info.failure}\n{check.failure_info.code_sample}"
        for checks in event.recorder.checks.values()
        for check in checks
        if check.failure_info and not is_too_many_wrong_keys(check)
    ]


@pytest.mark.slow
def test_finds_nothing(server):
    caller = make_caller(segments=1_000_000)
    sent = caller.post(SEND).json()
    RateVersionFactory()
    pledge = PledgeFactory(customer__partner=caller.account.partner, copied=True)
    config = {
        "seed": 1,
        "generation": {"deterministic": True, "max-examples": 20},
        "checks": CHECKS,
        "headers": {"Authorization": f"Bearer {caller.plain}"},
        "parameters": {
            "path.batch_id": sent["id"],
            "path.code": caller.account.code,
            "path.signature_id": f"sig_{SignatureFactory(account=caller.account, proved=True).pk}",
            "path.customer_id": f"cus_{pledge.customer_id}",
            "path.pledge_id": f"plg_{pledge.pk}",
        },
    }
    schema = schemathesis.openapi.from_url(
        f"{server.url}/api/schema/?format=json", config=SchemathesisConfig.from_dict(config)
    )

    events = list(from_schema(schema).execute())

    assert [fault for event in events for fault in faults(event)] == []
    scenarios = [event for event in events if isinstance(event, ScenarioFinished)]
    assert sum(len(scenario.recorder.cases) for scenario in scenarios) > 300
