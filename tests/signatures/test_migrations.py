"""Letters of before the rounds get those that their history tells of."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from apps.reviews.services import judging, submissions
from apps.signatures.models import LetterRound
from apps.signatures.services.kinds import LETTERS
from tests.factories.signatures import SPRING, AuthorisationLetterFactory
from tests.factories.users import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db
write_rounds = import_module("apps.signatures.migrations.0008_fill_rounds_of_letters").write_rounds


@pytest.fixture
def write():
    """Write the rounds anew; the table's own triggers let nobody delete one."""

    def run():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE signatures_letterround CASCADE")
        write_rounds(apps, None)
        return list(LetterRound.objects.order_by("letter", "number"))

    return run


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("submitted", "WAITING"),
        ("approved", "APPROVED"),
        ("revoked", "APPROVED"),
        ("expired", "APPROVED"),
        ("rejected", "REJECTED"),
    ],
)
def test_the_state_tells_of_a_round(write, state, expected):
    letter = AuthorisationLetterFactory(**{state: True})

    (written,) = write()

    assert (written.status, written.sha256) == (expected, letter.sha256)
    assert written.particulars == letter.terms()
    assert written.order_number == letter.order_number


def test_a_draft_has_none(write):
    AuthorisationLetterFactory(scanned=True)

    assert write() == []


def test_the_history_tells_of_the_refusals_before(write, reviewer):
    letter = AuthorisationLetterFactory(submitted=True)
    judging.reject(LETTERS, letter.pk, reasons=["OTHER"], remark="缺骑缝章", by=reviewer, at=SPRING)
    submissions.hand_in(LETTERS, letter.pk, by=UserFactory().as_actor(), at=SPRING)

    refused, waiting = write()

    assert (refused.status, refused.reasons, refused.remark) == ("REJECTED", ["OTHER"], "缺骑缝章")
    assert (refused.judged_by_id, waiting.status, waiting.number) == (
        reviewer.user_id,
        "WAITING",
        2,
    )


def test_a_revocation_is_not_taken_for_the_approval(write, reviewer):
    letter = AuthorisationLetterFactory(submitted=True)
    judging.approve(LETTERS, letter.pk, by=reviewer, at=SPRING)
    other = StaffFactory(reviewer=True).as_actor()
    judging.revoke(LETTERS, letter.pk, by=other, at=SPRING, reason="授权撤回")

    assert [each.judged_by_id for each in write()] == [reviewer.user_id]
