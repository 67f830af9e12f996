"""1 000 lines of a bank, through import and matching: how often the first proposal is right."""

import time

import pytest

from apps.audit.actors import SYSTEM
from apps.ledger.models import LedgerEntry
from apps.recharges.models import BankEntry, Recharge
from apps.recharges.queries import known, previews
from apps.recharges.services import statements
from tests.factories.recharges import MORNING
from tests.recharges.bank_lines import Maker
from tests.recharges.months import enter_slips, share_right, upload

SEEDS = (1, 2, 3)
LEAST_SHARE = 0.95
MOST_SECONDS = 10


@pytest.fixture
def month(db, settings, tmp_path, request):
    """A month in the database, its statement taken in; with how long that took."""
    settings.MEDIA_ROOT = tmp_path
    month = Maker(request.param).make()
    enter_slips(month)
    began = time.perf_counter()
    found = upload(month)
    assert previews.preview(found).is_clean
    statements.store(import_id=found.pk, by=SYSTEM, at=MORNING)
    month.seconds = time.perf_counter() - began
    return month


@pytest.mark.slow
@pytest.mark.parametrize("month", SEEDS, indirect=True)
def test_the_first_proposal_is_right_and_nothing_is_credited(month):
    share = share_right(month, known.proposals())

    assert share >= LEAST_SHARE
    assert BankEntry.objects.unmatched().count() == len(month.rows) >= 1_000
    assert month.seconds < MOST_SECONDS
    assert not Recharge.objects.exists()
    assert not LedgerEntry.objects.exists()
