"""What is given back in SQL is what the rule says, whatever the message went through."""

from itertools import product

import pytest

from apps.agreements.choices import RefundRule
from apps.common import clock
from apps.common.database import execute
from apps.messaging import rules
from apps.messaging.choices import MessageStatus
from apps.messaging.receipts import REFUNDING, REFUNDS
from tests.factories.messaging import queue
from tests.factories.partners import AccountFactory

ENDED = f"""
WITH moved AS (
    SELECT %(account)s::bigint AS account_id, %(batch)s::uuid AS batch_id, 2 AS segments,
           %(status)s::text AS status, %(submitted_at)s::timestamptz AS submitted_at,
           %(code)s::text AS carrier_code
)
{REFUNDS}
"""


@pytest.mark.django_db
@pytest.mark.parametrize("is_test", [False, True])
@pytest.mark.parametrize("rule", RefundRule.values)
def test_the_statement_gives_back_what_the_rule_says(rule, is_test):
    batch = queue(AccountFactory(), refund_rule=rule, is_test=is_test)

    for status, was_taken, code in product(
        MessageStatus.values, (False, True), ("", "REJECTD", rules.NO_CONNECTOR)
    ):
        parameters = REFUNDING | {
            "account": batch.account_id,
            "batch": batch.id,
            "status": status,
            "submitted_at": clock.now() if was_taken else None,
            "code": code,
        }
        end = rules.End(status=status, was_taken=was_taken, code=code)
        expected = rules.refunded_segments(end, rule, 0 if is_test else 2)
        assert sum(row[2] for row in execute(ENDED, parameters)) == expected, end
