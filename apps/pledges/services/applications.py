"""The partner's side of a pledge: begun, filled in, printed, its signed copy added, handed in.

Each submission is a round, kept with copies of what was handed in. It is due to be judged two
working hours later; until then the partner may withdraw it, and after an hour urge it.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import clock, uploads
from apps.common.errors import ConflictError, InvalidError
from apps.partners import locks as partner_locks
from apps.partners.models import Customer
from apps.partners.services import customers
from apps.pledges import locks, rules
from apps.pledges.choices import HELD, PledgeStatus, RoundStatus
from apps.pledges.events import PledgeSubmitted
from apps.pledges.models import Pledge, PledgeRound, PledgeTemplate
from apps.pledges.services import news, printing, steps
from apps.reviews import timing
from apps.reviews.services import claims


class PledgeOpenError(ConflictError):
    """A customer has one pledge at a time that is not decided."""

    code = "pledge_open"
    message = _("%(customer)s has pledge %(number)s, which is not decided yet. Go on with that.")
    cure = _("Open that pledge and go on with it, or give it up first.")


class PledgeSamplesError(InvalidError):
    """Too many sample messages, or too long ones."""

    code = "pledge_samples_invalid"
    message = _("Give one to five sample messages of at most 500 characters each.")
    cure = _("Leave the most telling sample messages, one for each use.")


class PledgeTemplateMissingError(ConflictError):
    """No wording is published from which a form could be printed."""

    code = "pledge_wording_missing"
    message = _("No wording of the pledge is published yet. Ask the gateway.")
    cure = _("Ask the gateway to publish the wording of the pledge.")


class PledgeNotPrintedError(InvalidError):
    """The signed copy is that of the printed form."""

    code = "pledge_not_printed"
    message = _("Print the form first; then sign, stamp and scan it.")
    cure = _("Print the form, sign and stamp it, and upload the scan of that.")


class PledgeFormOutdatedError(ConflictError):
    """The customer's particulars are not those on the paper any more."""

    code = "pledge_form_outdated"
    message = _("What the form says was changed after it was printed. Print and sign it anew.")
    cure = _("Print the form anew, sign and stamp it, and upload the scan.")


class PledgeCopyMissingError(InvalidError):
    """It cannot be judged without the signed and stamped copy."""

    code = "pledge_copy_missing"
    message = _("Add the signed and stamped copy first.")
    cure = uploads.SCAN


class PledgeUrgedError(ConflictError):
    """It was handed in or urged within the hour."""

    code = "pledge_urged_lately"
    message = _("It can be urged from %(from_time)s on.")
    cure = _("Wait until the time that the message says.")


@transaction.atomic
def draft(*, customer: Customer, by: Actor, at: datetime) -> Pledge:
    """Begin a pledge, its audience and consent as they are known of the customer.

    Raises:
        CustomerStateError: the customer is closed.
        PledgeOpenError: another one of the customer is not decided yet.
    """
    return _begin(customer, renews=None, verb="draft", by=by, at=at)


@transaction.atomic
def renew(*, pledge_id: int, by: Actor, at: datetime) -> Pledge:
    """Begin the pledge that follows one that holds or held, filled in like that one.

    Both may hold at once, so the old one runs on until its end.

    Raises:
        PledgeStateError: it was never approved.
        CustomerStateError, PledgeOpenError: as for `draft`.
    """
    old = locks.pledge(pledge_id)
    steps.check_is(old, *HELD)
    return _begin(old.customer, renews=old, verb="renew", by=by, at=at)


@transaction.atomic
def fill(
    *, pledge_id: int, audience: str, consent: str, samples: Sequence[str], by: Actor
) -> Pledge:
    """Fill in who receives messages, how they agreed, and samples; blanks may stay for later.

    What was printed or signed before is dropped: it says something else.

    Raises:
        PledgeStateError: it is neither a draft nor rejected.
        PledgeSamplesError: more than five samples, or one longer than 500 characters.
    """
    kept = [sample.strip() for sample in samples if sample.strip()]
    if (
        len(kept) > rules.MAX_SAMPLES
        or max(map(len, kept), default=0) > rules.MAX_SAMPLE_CHARACTERS
    ):
        raise PledgeSamplesError
    pledge = locks.pledge(pledge_id)
    steps.check_editable(pledge)
    pledge.audience, pledge.consent, pledge.samples = audience.strip(), consent.strip(), kept
    _drop_paper(pledge)
    with act("pledges.fill", by=by):
        pledge.save()
    return pledge


@transaction.atomic
def print_form(*, pledge_id: int, by: Actor, at: datetime) -> Pledge:
    """Make the PDF to sign and stamp, from the newest wording; keep the one that still fits.

    Raises:
        PledgeStateError: it is neither a draft nor rejected.
        PledgeTemplateMissingError: no wording is published.
        PledgeIncompleteError, GatewayParticularsMissingError: something to print is blank.
        UnprintableCharacterError: something filled in has characters that no font has.
    """
    pledge = locks.pledge(pledge_id)
    steps.check_editable(pledge)
    template = PledgeTemplate.objects.published().first()
    if template is None:
        raise PledgeTemplateMissingError
    particulars = printing.particulars_of(pledge)
    if pledge.form and (pledge.template_id, pledge.particulars) == (template.pk, particulars):
        return pledge
    _drop_paper(pledge)
    pledge.template, pledge.particulars = template, particulars
    content = printing.rendered(pledge, template, at=at)
    pledge.form = ContentFile(content, name="form.pdf")
    pledge.form_sha256, pledge.printed_at = hashlib.sha256(content).hexdigest(), at
    with act("pledges.print_form", by=by):
        pledge.save()
    return pledge


@transaction.atomic
def attach_signed_copy(*, pledge_id: int, file: IO[bytes], by: Actor) -> Pledge:
    """Add the scan of the signed and stamped form, in place of an earlier one.

    Raises:
        PledgeStateError: it is neither a draft nor rejected.
        PledgeNotPrintedError: the form was not printed.
        DomainError: the file was refused; the errors of `common.uploads.inspect`.
    """
    upload = uploads.inspect(file)
    pledge = locks.pledge(pledge_id)
    steps.check_editable(pledge)
    if not pledge.form:
        raise PledgeNotPrintedError
    pledge.content_type, pledge.sha256 = upload.content_type, upload.sha256
    pledge.signed_copy = ContentFile(upload.content, name=f"copy.{upload.extension}")
    with act("pledges.attach_signed_copy", by=by):
        pledge.save()
    return pledge


@transaction.atomic
def submit(*, pledge_id: int, by: Actor, at: datetime) -> Pledge:
    """Hand a pledge in, also again after a refusal; it is due after two working hours.

    Raises:
        PledgeStateError: it is neither a draft nor rejected.
        CustomerStateError: the customer is closed.
        PledgeCopyMissingError: the signed copy is missing.
        PledgeFormOutdatedError: the customer's particulars changed after it was printed.
    """
    pledge = locks.pledge(pledge_id)
    steps.check(pledge, PledgeStatus.SUBMITTED)
    customers.check_active(pledge.customer)
    if not pledge.signed_copy:
        raise PledgeCopyMissingError
    if pledge.particulars != printing.particulars_of(pledge):
        raise PledgeFormOutdatedError
    pledge.status, pledge.submitted_by_id, pledge.submitted_at = (
        PledgeStatus.SUBMITTED,
        by.user_id,
        at,
    )
    due_at = pledge.due_at = timing.due_after(at)
    pledge.urged_at = pledge.judged_by = pledge.judged_at = None
    pledge.reasons, pledge.remark = [], ""
    with act("pledges.submit", by=by):
        pledge.save()
        _keep_round(pledge, submitted_at=at, due_at=due_at)
    news.tell(PledgeSubmitted, pledge, at)
    return pledge


@transaction.atomic
def withdraw(*, pledge_id: int, by: Actor, at: datetime) -> Pledge:
    """Take a submission back, to change it; it is a draft again.

    Raises:
        PledgeStateError: it does not wait to be judged.
    """
    pledge = locks.pledge(pledge_id)
    steps.check_is(pledge, PledgeStatus.SUBMITTED)
    taken = locks.waiting_round(pledge)
    taken.status, taken.decided_by_id, taken.decided_at = RoundStatus.WITHDRAWN, by.user_id, at
    pledge.status, pledge.due_at = PledgeStatus.DRAFT, None
    with act("pledges.withdraw", by=by):
        taken.save()
        pledge.save()
    claims.drop(queue=steps.QUEUE, subject_id=str(pledge.pk))
    return pledge


@transaction.atomic
def urge(*, pledge_id: int, by: Actor, at: datetime) -> Pledge:
    """Remind the reviewers of a submission: a working hour after it, and once in each.

    Raises:
        PledgeStateError: it does not wait to be judged.
        PledgeUrgedError: it is too early.
    """
    pledge = locks.pledge(pledge_id)
    steps.check_is(pledge, PledgeStatus.SUBMITTED)
    earliest = timing.urgeable_from(
        submitted_at=pledge.submitted_at or at, urged_at=pledge.urged_at
    )
    if at < earliest:
        from_time = earliest.astimezone(clock.SHANGHAI).strftime("%m-%d %H:%M")
        raise PledgeUrgedError(from_time=from_time, earliest=earliest)
    pledge.urged_at = at
    with act("pledges.urge", by=by):
        pledge.save(update_fields=["urged_at"])
    return pledge


@transaction.atomic
def give_up(*, pledge_id: int, by: Actor) -> Pledge:
    """Put an application aside for good; the customer may begin another.

    Raises:
        PledgeStateError: it is neither a draft nor rejected.
    """
    pledge = locks.pledge(pledge_id)
    steps.check(pledge, PledgeStatus.ABANDONED)
    pledge.status = PledgeStatus.ABANDONED
    with act("pledges.give_up", by=by):
        pledge.save(update_fields=["status"])
    return pledge


def _begin(
    customer: Customer, *, renews: Pledge | None, verb: str, by: Actor, at: datetime
) -> Pledge:
    customer = partner_locks.customer(customer.pk)
    customers.check_active(customer)
    other = Pledge.objects.open().filter(customer=customer).first()
    if other is not None:
        raise PledgeOpenError(customer=customer.name, number=other.number)
    counter = locks.number_counter(clock.local_date(at))
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    model = renews or customer
    with act(f"pledges.{verb}", by=by):
        return Pledge.objects.create(
            number=str(counter),
            customer=customer,
            renews=renews,
            audience=model.audience,
            consent=model.consent,
            samples=renews.samples if renews else [],
            filed_by_id=by.user_id,
            filed_at=at,
        )


def _drop_paper(pledge: Pledge) -> None:
    """Forget form and copy; the files stay, since rounds and history name them."""
    pledge.template, pledge.particulars = None, {}
    pledge.form, pledge.form_sha256, pledge.printed_at = "", "", None
    pledge.signed_copy, pledge.content_type, pledge.sha256 = "", "", ""


def _keep_round(pledge: Pledge, *, submitted_at: datetime, due_at: datetime) -> None:
    PledgeRound.objects.create(
        pledge=pledge,
        number=pledge.rounds.count() + 1,
        submitted_by_id=pledge.submitted_by_id,
        submitted_at=submitted_at,
        due_at=due_at,
        particulars=pledge.particulars,
        form=pledge.form.name,
        form_sha256=pledge.form_sha256,
        signed_copy=pledge.signed_copy.name,
        content_type=pledge.content_type,
        sha256=pledge.sha256,
    )
