"""The partner's side of a pledge: begun, filled in, printed, its signed copy added, given up.

`reviews` hands it in and has it judged.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common import uploads
from apps.common.errors import ConflictError, InvalidError
from apps.partners import locks as partner_locks
from apps.partners.models import Customer
from apps.partners.services import customers
from apps.pledges import locks, rules
from apps.pledges.choices import EDITABLE, HELD, PledgeStatus
from apps.pledges.models import Pledge, PledgeTemplate
from apps.pledges.services import printing
from apps.pledges.services.kinds import PLEDGES
from apps.reviews import numbers


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
    _check_is(old, HELD)
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
    _check_is(pledge, EDITABLE)
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
    _check_is(pledge, EDITABLE)
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
    _check_is(pledge, EDITABLE)
    if not pledge.form:
        raise PledgeNotPrintedError
    pledge.content_type, pledge.sha256 = upload.content_type, upload.sha256
    pledge.signed_copy = ContentFile(upload.content, name=f"copy.{upload.extension}")
    with act("pledges.attach_signed_copy", by=by):
        pledge.save()
    return pledge


@transaction.atomic
def give_up(*, pledge_id: int, by: Actor) -> Pledge:
    """Put an application aside for good; the customer may begin another.

    Raises:
        PledgeStateError: it is neither a draft nor rejected.
    """
    pledge = locks.pledge(pledge_id)
    PLEDGES.check_step(pledge, PledgeStatus.ABANDONED)
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
    model = renews or customer
    with act(f"pledges.{verb}", by=by):
        return Pledge.objects.create(
            number=numbers.next_number(PLEDGES.prefix, at),
            customer=customer,
            renews=renews,
            audience=model.audience,
            consent=model.consent,
            samples=renews.samples if renews else [],
            entered_by_id=by.user_id,
            entered_at=at,
        )


def _drop_paper(pledge: Pledge) -> None:
    """Forget form and copy; the files stay, since rounds and history name them."""
    pledge.template, pledge.particulars = None, {}
    pledge.form, pledge.form_sha256, pledge.printed_at = "", "", None
    pledge.signed_copy, pledge.content_type, pledge.sha256 = "", "", ""


def _check_is(pledge: Pledge, allowed: Collection[PledgeStatus]) -> None:
    if pledge.status not in allowed:
        raise PLEDGES.wrong_state(pledge)
