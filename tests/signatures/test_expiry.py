"""A year of papers that end, day by day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from apps.common.clock import SHANGHAI, local_date
from apps.reviews import tasks
from apps.reviews.errors import NotEndedError
from apps.reviews.models import EndWarning
from apps.reviews.services import ends, judging, submissions
from apps.signatures.models import Signature
from apps.signatures.services import applications, proofs, signatures
from apps.signatures.services.kinds import LETTERS, SIGNATURES
from apps.signatures.services.kinds.signatures import SignatureNotEndedError
from tests.factories import files
from tests.factories.senders import SEND, SIGNATURE, make_caller
from tests.factories.signatures import (
    SPRING,
    AuthorisationLetterFactory,
    ProofDocumentFactory,
    SignatureFactory,
    behalf,
)
from tests.factories.users import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = local_date(SPRING)


def morning(day):
    return datetime.combine(day, time(9), tzinfo=SHANGHAI).astimezone(UTC)


def live_through(first, last, step=1):
    """Run the daily task at nine of each day from `first` on, `last` not included."""
    for day in range(first, last, step):
        with time_machine.travel(morning(TODAY + timedelta(days=day)), tick=False):
            tasks.watch_ends(timestamp=0)


def trademark(days, **wishes):
    """Return an approved signature whose trademark ends after so many days."""
    signature = SignatureFactory(
        **{"source": "TRADEMARK", "source_detail": "第 9 类", "submitted": True} | wishes
    )
    ends = TODAY + timedelta(days=days)
    ProofDocumentFactory(signature=signature, type="TRADEMARK_CERTIFICATE", valid_until=ends)
    ProofDocumentFactory(signature=signature)
    by = StaffFactory(reviewer=True).as_actor()
    return judging.approve(SIGNATURES, signature.pk, by=by, at=SPRING)


def renew(signature, valid_until, at):
    old = signature.proofs.present().get(type="TRADEMARK_CERTIFICATE")
    by = UserFactory().as_actor()
    proofs.replace(proof_id=old.pk, file=files.png(), valid_until=valid_until, by=by, at=at)
    submissions.hand_in(SIGNATURES, signature.pk, by=by, at=at)
    judge = StaffFactory(reviewer=True).as_actor()
    return judging.approve(SIGNATURES, signature.pk, by=judge, at=at)


class TestAYear:
    def test_warns_three_times_stops_on_the_day_and_resumes_when_renewed(self, told):
        signature = trademark(days=200)

        live_through(0, 200)
        assert [payload["days"] for payload in told("proof_expiring")] == [30, 7, 1]
        assert Signature.objects.get().status == "APPROVED"

        live_through(200, 220)
        assert Signature.objects.get().status == "EXPIRED"
        assert len(told("expired")) == 1

        at = morning(TODAY + timedelta(days=220))
        renewed = renew(signature, TODAY + timedelta(days=300), at)
        assert (renewed.status, len(told("renewed"))) == ("APPROVED", 1)

        live_through(220, 366)
        assert [payload["days"] for payload in told("proof_expiring")] == [30, 7, 1] * 2
        assert len(told("expired")) == 2

    def test_renewed_in_time_it_never_stops(self, told):
        signature = trademark(days=40)

        live_through(0, 35)
        renew(signature, TODAY + timedelta(days=1000), morning(TODAY + timedelta(days=35)))
        live_through(35, 366, step=3)

        assert Signature.objects.get().status == "APPROVED"
        assert "expired" not in told()
        assert len(told("proof_expiring")) == 2

    @pytest.mark.parametrize("step", [5, 11, 45])
    def test_days_that_were_missed_are_made_up_for_once(self, told, step):
        trademark(days=100)

        live_through(0, 366, step=step)

        days = [payload["days"] for payload in told("proof_expiring")]
        assert len(days) == len(set(days)) <= 3
        assert len(told("expired")) == 1

    def test_running_every_hour_says_nothing_twice(self, told):
        trademark(days=30)

        for _hour in range(5):
            live_through(0, 1)

        assert len(told("proof_expiring")) == 1

    def test_a_letter_ends_with_the_signatures_it_authorises(self, told):
        letter = AuthorisationLetterFactory(
            approved=True, valid_until=TODAY + timedelta(days=50), partner__name="云帆"
        )
        signature = SignatureFactory(submitted=True, proved=True, **behalf(letter))
        ProofDocumentFactory(signature=signature, type="OWNER_LICENCE")
        by = StaffFactory(reviewer=True).as_actor()
        judging.approve(SIGNATURES, signature.pk, by=by, at=SPRING)

        live_through(0, 60)

        letter.refresh_from_db()
        assert (Signature.objects.get().status, letter.status) == ("EXPIRED", "EXPIRED")
        assert {payload["document_type"] for payload in told("proof_expiring")} == {"LETTER"}


class TestTheLastDay:
    @pytest.mark.parametrize(("minutes", "status"), [(-1, "APPROVED"), (4, "EXPIRED")])
    def test_begins_at_midnight_in_shanghai(self, minutes, status):
        trademark(days=10)
        midnight = datetime.combine(TODAY + timedelta(days=10), time(0), tzinfo=SHANGHAI)

        with time_machine.travel(midnight + timedelta(minutes=minutes), tick=False):
            tasks.watch_ends(timestamp=0)

        assert Signature.objects.get().status == status


def sent_on(day, caller):
    """Send in the morning of a day; return the status and the code of the refusal."""
    with time_machine.travel(morning(TODAY + timedelta(days=day)), tick=False):
        answer = caller.post(SEND)
    return answer.status_code, answer.json().get("code")


class TestSending:
    def test_stops_with_the_papers_and_resumes_with_them(self):
        caller = make_caller()
        own = caller.account.signatures.get()
        applications.abandon(signature_id=own.pk, by=UserFactory().as_actor(), at=SPRING)
        signature = trademark(days=10, account=caller.account, text=SIGNATURE)
        assert sent_on(9, caller) == (202, None)

        # The day has come, the task not yet.
        assert sent_on(10, caller) == (422, "signature_not_approved")
        live_through(10, 11)
        assert sent_on(10, caller) == (422, "signature_not_approved")

        renew(signature, date(2030, 1, 1), morning(TODAY + timedelta(days=11)))
        assert sent_on(11, caller) == (202, None)


class TestSuspended:
    def test_stays_suspended_when_renewed_and_resumes_only_then(self):
        by = StaffFactory(reviewer=True).as_actor()
        signature = trademark(days=10)
        signatures.suspend(signature_id=signature.pk, by=by, at=SPRING, reason="投诉")
        later = morning(TODAY + timedelta(days=20))

        with pytest.raises(signatures.SignatureProofsEndedError):
            signatures.resume(signature_id=signature.pk, by=by, at=later)
        assert renew(signature, date(2030, 1, 1), later).status == "SUSPENDED"
        assert signatures.resume(signature_id=signature.pk, by=by, at=later).status == "APPROVED"


def test_what_still_holds_does_not_expire():
    signature = trademark(days=10)

    with pytest.raises(SignatureNotEndedError):
        ends.expire(SIGNATURES, signature.pk, at=SPRING)


def test_warnings_are_kept_with_the_paper_they_are_about():
    signature = trademark(days=7)

    (warning,) = ends.warn(SIGNATURES, signature.pk, at=SPRING)

    assert (warning.threshold_days, warning.subject_id) == (7, str(signature.pk))
    assert EndWarning.objects.get().what.startswith("proof:")


def test_a_letter_that_holds_does_not_expire():
    letter = AuthorisationLetterFactory(approved=True)

    with pytest.raises(NotEndedError):
        ends.expire(LETTERS, letter.pk, at=SPRING)
