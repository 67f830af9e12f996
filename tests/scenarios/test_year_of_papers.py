"""A year in the life of a customer's account: each paper warns, ends on its day, and is renewed."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from apps.agreements import tasks as agreements
from apps.agreements.models import Agreement
from apps.common.clock import SHANGHAI
from apps.common.models import OutboxEvent
from apps.reviews import tasks as reviews
from apps.reviews.services import judging, submissions
from apps.signatures.services import proofs
from apps.signatures.services.kinds import SIGNATURES
from tests.factories import files
from tests.factories.agreements import AgreementFactory
from tests.factories.partners import CustomerFactory
from tests.factories.pledges import PledgeFactory
from tests.factories.senders import SEND, make_caller
from tests.factories.signatures import ProofDocumentFactory, SignatureFactory
from tests.factories.users import StaffFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST = date(2026, 4, 1)
TRADEMARK_ENDS = date(2026, 7, 1)
TRADEMARK_RENEWED = date(2026, 7, 20)
PLEDGE_ENDS = date(2026, 10, 1)
PLEDGE_RENEWED = date(2026, 10, 9)
AGREEMENT_ENDS = date(2027, 1, 1)
AGREEMENT_RENEWED = date(2027, 2, 1)


def morning(day):
    return datetime.combine(day, time(9), tzinfo=SHANGHAI).astimezone(UTC)


def renew_trademark(signature):
    at = morning(TRADEMARK_RENEWED)
    applicant = UserFactory().as_actor()
    proofs.add(
        signature_id=signature.pk, proof_type="TRADEMARK_CERTIFICATE", file=files.pdf(pages=2),
        by=applicant, at=at, valid_until=date(2036, 7, 1),
    )  # fmt: skip
    submissions.hand_in(SIGNATURES, signature.pk, by=applicant, at=at)
    reviewer = StaffFactory(reviewer=True).as_actor()
    judging.approve(SIGNATURES, signature.pk, by=reviewer, at=at)


@pytest.fixture
def customers_software():
    """Return the software of a customer's account whose three papers all end within the year."""
    customer = CustomerFactory()
    AgreementFactory(
        active=True, partner=customer.partner, starts_on=date(2026, 1, 1), ends_on=AGREEMENT_ENDS
    )
    PledgeFactory(
        customer=customer, approved=True, valid_from=date(2026, 1, 1), valid_until=PLEDGE_ENDS
    )
    return make_caller(partner=customer.partner, customer=customer)


@pytest.fixture
def signature(customers_software):
    """Return its second signature, a trademark that ends; the first is the default and stays."""
    found = SignatureFactory(
        account=customers_software.account, source="TRADEMARK", source_detail="第 9 类",
        text="青禾商城", submitted=True,
    )  # fmt: skip
    ProofDocumentFactory(signature=found)
    ProofDocumentFactory(signature=found, type="TRADEMARK_CERTIFICATE", valid_until=TRADEMARK_ENDS)
    found.rounds.get().proofs.set(found.proofs.present())
    reviewer = StaffFactory(reviewer=True).as_actor()
    judging.approve(SIGNATURES, found.pk, by=reviewer, at=morning(date(2026, 3, 3)))
    return found


def live_through_the_year(renewals, send):
    """Run the tasks each morning; return the runs of days on which sending answered the same."""
    runs = []
    for day in (FIRST + timedelta(days=number) for number in range(365)):
        with time_machine.travel(morning(day), tick=False):
            if day in renewals:
                renewals[day]()
            for task in (reviews.watch_ends, agreements.follow_the_clock):
                task(timestamp=0)
            answer = send()
        if not runs or runs[-1][1] != answer:
            runs.append((day, answer))
    return runs


def test_every_paper_warns_stops_sending_on_its_day_and_lets_it_go_on(
    customers_software, signature
):
    customer = customers_software.account.customer

    def send():
        answer = customers_software.post(SEND | {"signature": signature.text})
        return answer.json().get("code", answer.status_code)

    runs = live_through_the_year(
        {
            TRADEMARK_RENEWED: lambda: renew_trademark(signature),
            PLEDGE_RENEWED: lambda: PledgeFactory(
                customer=customer, approved=True, valid_from=PLEDGE_RENEWED,
                valid_until=date(2027, 10, 9),
            ),
            AGREEMENT_RENEWED: lambda: AgreementFactory(
                active=True, partner=customer.partner, starts_on=AGREEMENT_RENEWED
            ),
        },
        send,
    )  # fmt: skip

    assert runs == [
        (FIRST, 202),
        (TRADEMARK_ENDS, "signature_not_approved"),
        (TRADEMARK_RENEWED, 202),
        (PLEDGE_ENDS, "pledge_missing"),
        (PLEDGE_RENEWED, 202),
        (AGREEMENT_ENDS, "agreement_inactive"),
        (AGREEMENT_RENEWED, 202),
    ]
    told = Counter(
        (event.name, event.payload.get("days")) for event in OutboxEvent.objects.all()
        if event.name.endswith(("expiring", "expired"))
    )  # fmt: skip
    assert told == {
        **{("signature.proof_expiring", days): 1 for days in (30, 7, 1)},
        **{("pledge.expiring", days): 1 for days in (30, 7, 1)},
        **{("agreement.expiring", days): 1 for days in (60, 30, 7)},
        ("signature.expired", None): 1,
        ("pledge.expired", None): 1,
        ("agreement.expired", None): 1,
    }
    assert Agreement.objects.in_force_on(FIRST + timedelta(days=364)).exists()
