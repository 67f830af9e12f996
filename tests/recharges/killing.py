"""Cutting a step of finance after each of its statements, and what must be as if undisturbed."""

import itertools

from apps.common.models import OutboxEvent
from apps.ledger.models import Balance, LedgerEntry
from apps.recharges.models import BankEntry, ExpectedRecharge, Lot, Match, Reversal
from tests.recharges.dying_process import KILLED
from tests.recharges.steps import take

MOST_STATEMENTS = 200


def cut_everywhere(dying, step, prepare, state):
    """Cut a step after its first statement, its second, …; rerun each; return how often it was cut.

    A cut step leaves the state of before; the rerun that of an undisturbed run.
    """

    def check(found, *, before, undisturbed):
        assert found == before

    return _cut(dying, step, prepare, state, check)


def cut_in_parts(dying, step, prepare, state):
    """As `cut_everywhere`, for a step of several transactions: each part is done or is not.

    `state` returns a list of its parts.
    """

    def check(found, *, before, undisturbed):
        assert all(part in pair for part, *pair in zip(found, before, undisturbed, strict=True))

    return _cut(dying, step, prepare, state, check)


def _cut(dying, step, prepare, state, check):
    fields, about = prepare(0)
    take(step, **fields)
    undisturbed = state(about)
    for count in itertools.count(1):
        assert count < MOST_STATEMENTS
        fields, about = prepare(count)
        before = state(about)
        ended = dying.run(step, kill_after=count, **fields)
        if ended == KILLED:
            check(state(about), before=before, undisturbed=undisturbed)
        else:
            assert state(about) == undisturbed
        take(step, **fields)
        assert state(about) == undisturbed != before
        if ended != KILLED:
            return count - 1
    raise AssertionError


def of_account(account):
    """Return everything that may have happened to an account's money."""
    return {
        "entries": sorted(BankEntry.objects.filter(payer=account.code).values_list("status")),
        "recharges": sorted(
            account.recharges.values_list("status", "segments", "unit_price_yuan", "remainder_yuan")
        ),
        "matches": Match.objects.filter(account=account).count(),
        "slips": sorted(account.remittances.values_list("status")),
        "lots": lots_of(account),
        "ledger": sorted(LedgerEntry.objects.filter(account=account).values_list("segments")),
        "balance": list(
            Balance.objects.filter(account=account).values_list("available", "held", "spent")
        ),
        "expected": list(ExpectedRecharge.objects.filter(account=account).values_list("status")),
        "reversals": list(
            Reversal.objects.filter(recharge__account=account).values_list(
                "status", "held_segments", "taken_segments", "owed_segments", "recovered_segments",
                "written_off_segments",
            )
        ),
        "told": OutboxEvent.objects.filter(account_id=account.pk).count(),
    }  # fmt: skip


def lots_of(account):
    """Return what each lot that an account has got has left, spent, moved away and taken back."""
    rows = Lot.objects.first_in_first_out().filter(account=account)
    return list(
        rows.values_list(
            "arrived_sequence", "remaining_segments", "spent_segments", "moved_segments",
            "reversed_segments",
        )
    )  # fmt: skip
