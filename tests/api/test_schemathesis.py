"""The OpenAPI document against the real application: schemathesis, all phases, all checks."""

import os

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from config.wsgi import application
from tests.factories.senders import SEND, make_caller

CHECKS = {
    # What has the right shape may still be refused by what no schema can say: a number that is
    # none, a signature that is not approved, a time that is past, a cursor that we did not give.
    "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]},
}


def test_finds_nothing(transactional_db):
    caller = make_caller(segments=1_000_000)
    sent = caller.post(SEND).json()
    config = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "generation": {"deterministic": True, "max-examples": 60},
            "checks": CHECKS,
            "headers": {"Authorization": f"Bearer {caller.plain}"},
            "parameters": {
                "path.message_id": sent["messages"][0]["id"],
                "path.batch_id": sent["id"],
            },
        }
    )
    schema = schemathesis.openapi.from_wsgi(
        "/api/schema/?format=json", application, config=config
    )

    found, cases = [], 0
    for event in from_schema(schema).execute():
        if os.environ.get("DBG"): print(type(event).__name__, getattr(event,'phase',''), getattr(event,'label',''))
        if isinstance(event, NonFatalError):
            found.append(str(event.info.format() if hasattr(event.info,'format') else event.info))
        if isinstance(event, ScenarioFinished):
            cases += len(event.recorder.cases)
            for case_id, checks in event.recorder.checks.items():
                for check in checks:
                    if check.failure_info:
                        found.append(f"{check.name}: {check.failure_info.failure} {check.failure_info.code_sample}")
    print(cases)
    assert found == []
