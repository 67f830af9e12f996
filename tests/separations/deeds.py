"""Every act of the table of separations: what it is done to, and the doors that lead to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from apps.agreements.choices import Side
from apps.agreements.services import agreements, copies, drafts, issuing
from apps.backoffice.judging.kinds import KINDS
from apps.common import clock
from apps.rates.services import drafts as rate_drafts
from apps.rates.services import rate_tables
from apps.recharges.models import BankProfile, Recharge
from apps.recharges.services import owed, policies, recharges, reversals, statements
from apps.reviews.kinds import KINDS as REVIEWED
from apps.reviews.services import judging
from apps.signatures.models import LetterRound, ProofDocument
from apps.signatures.services import signatures
from apps.users.models import User
from apps.users.services import proposals
from tests.backoffice.judging import MADE, looked_at
from tests.factories import files
from tests.factories.agreements import AgreementFactory, make_draft, make_terms
from tests.factories.pledges import PledgeFactory
from tests.factories.rates import RateTableFactory, RateVersionFactory
from tests.factories.recharges import MORNING, RechargeFactory, ReversalFactory
from tests.factories.signatures import (
    AuthorisationLetterFactory,
    ProofDocumentFactory,
    SignatureFactory,
)
from tests.factories.users import StaffFactory

Door = Callable[[Client, User, Any], object]
ALOUD = "查清楚了"


@dataclass(frozen=True, kw_only=True)
class Deed:
    """An act of the table.

    Attributes:
        role: the trait of staff whose role includes it.
        make: the thing on which a person did an earlier act.
        state: of the thing, as the act changes it; for nothing changed, and for done.
        doors: the ways to it, the service first; pages take a client that the person is signed in to.
        one_door: earlier acts by which another person comes to it through the service alone.
    """

    role: str
    make: Callable[[str, User], Model]
    state: Callable[[Any], object]
    doors: dict[str, Door]
    only_own: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def button(name: str, **values: Any) -> Door:
    """Return the door of an admin's button."""

    def press(client: Client, _person: User, row: Any) -> object:
        address = reverse(f"admin:{name}", args=[row.pk])
        sent = {"_form_submitted": "on", **looked_at(row), **values}
        return client.post(address, sent, follow=True)

    return press


def page(name: str, **values: Any) -> Door:
    """Return the door of a page of the staff side."""
    return lambda client, _person, row: client.post(
        reverse(f"backoffice:{name}", args=[row.pk]), values, follow=True
    )


# --- money -------------------------------------------------------------------------------------


def _recharge(before: str, person: User) -> Recharge:
    """Return a purchase that waits: typed, from a file, or above the limit of a person and day."""
    RateVersionFactory()
    if before == "bank_entries.enter":
        return RechargeFactory(bank_entry__entered_by=person, entered_by=StaffFactory(finance=True))
    yuan = Decimal(80_000) if before == "recharges.propose" else Decimal(10_000)
    file = {"statements.upload": "uploaded_by", "statements.remap": "mapped_by"}.get(before)
    stated: dict[str, Any] = {"bank_entry__statement__stored_by": StaffFactory(finance=True)}
    if file:
        stated[f"bank_entry__statement__{file}"] = person
    return RechargeFactory(
        bank_entry__imported=True,
        bank_entry__amount_yuan=yuan,
        amount_yuan=yuan,
        segments=int(yuan * 20),
        entered_by=StaffFactory(finance=True) if file else person,
        **stated,
    )


def _credited(recharge: Recharge) -> object:
    rows = Recharge.objects.filter(bank_entry=recharge.bank_entry_id).exclude(status="PENDING")
    return rows.count()


def _matched_with_others(client: Client, _person: User, recharge: Recharge) -> object:
    """Match its line anew, with the others that are marked at the workbench."""
    Recharge.objects.filter(pk=recharge.pk).delete()
    value = f"{recharge.bank_entry_id}||{recharge.account_id}"
    return client.post(reverse("backoffice:matching-confirm"), {"match": [value]}, follow=True)


def _reversal(_before: str, person: User, **state: Any) -> Model:
    return ReversalFactory(requested_by=person, **state)


def _profile(_before: str, person: User) -> BankProfile:
    return statements.open_profile(
        name="工商银行基本户", bank_account="1202021209900123456", by=person.as_actor()
    )


def _prices(before: str, person: User) -> Model:
    other, table = StaffFactory(finance=True), RateTableFactory()
    drafter = person if before == "rates.draft_version" else other
    version = rate_tables.draft_version(
        table=table, starts_at=MORNING, tiers={1: Decimal("0.06")}, by=drafter.as_actor()
    )
    if before == "rates.save_draft":
        tiers = [
            rate_drafts.TierDraft(from_segments=1, unit_price_yuan=Decimal("0.0001")),
        ]
        rate_drafts.save(
            version_id=version.pk,
            revision=0,
            starts_at=MORNING,
            tiers=tiers,
            by=person.as_actor(),
        )
    return version


def _proposal(_before: str, person: User) -> Model:
    return policies.propose(
        one_person_max_yuan=Decimal("99999999.99"),
        cut_off=time(17),
        reason=ALOUD,
        by=person.as_actor(),
        at=MORNING,
    )


# --- contracts ---------------------------------------------------------------------------------


def _agreement(before: str, person: User) -> Model:
    """Return an agreement that waits for the gateway; all but one step of it was another's."""
    hands = {"draft": StaffFactory(), "revise": StaffFactory(), "attach_copy": StaffFactory()}
    hands["issue"] = hands["draft"]
    hands[before.partition(".")[2]] = person
    actors = {verb: each.as_actor() for verb, each in hands.items()}
    if before == "agreements.draft":
        agreement = AgreementFactory(drafted_by=person, signed=True)
    elif before == "agreements.attach_copy":
        agreement = AgreementFactory(drafted_by=hands["draft"], signed=True)
    else:
        draft = make_draft()
        if before == "agreements.revise":
            terms = make_terms(signature_text="青禾科技")
            drafts.revise(agreement_id=draft.pk, terms=terms, by=actors["revise"])
        agreement = issuing.issue(agreement_id=draft.pk, by=actors["issue"], at=MORNING)
    for place, side in enumerate(Side):
        copies.attach(
            agreement_id=agreement.pk,
            side=side,
            file=files.pdf(pages=place + 1),
            by=actors["attach_copy"],
            at=MORNING,
        )
    if agreement.status != "SIGNED":
        agreements.mark_signed(agreement_id=agreement.pk, by=actors["draft"], at=MORNING)
    return agreement


# --- judging -----------------------------------------------------------------------------------

_OVER = {"suspend": "approved", "resume": "suspended", "revoke": "approved"}


def _signature(verb: str) -> Callable[[str, User], Model]:
    def make(before: str, person: User) -> Model:
        applicant = {"entered_by": person} if before == "signatures.draft" else {}
        made = SignatureFactory(**{_OVER.get(verb, "submitted"): True}, proved=True, **applicant)
        if before == "signatures.submit":
            made.rounds.update(submitted_by=person)
        elif before == "signatures.add_proof":
            ProofDocumentFactory(signature=made, uploaded_by=person, name="商标注册证.pdf")
        return made

    return make


def _letter(verb: str) -> Callable[[str, User], Model]:
    columns = {"letters.draft": "entered_by", "letters.submit": "submitted_by"}
    state = {_OVER.get(verb, "submitted"): True}
    return lambda before, person: AuthorisationLetterFactory(**state, **{columns[before]: person})


def _pledge(verb: str) -> Callable[[str, User], Model]:
    columns = {"pledges.fill": "entered_by", "pledges.submit": "submitted_by"}
    state = {_OVER.get(verb, "submitted"): True}
    return lambda before, person: PledgeFactory(**state, **{columns[before]: person})


def _judging(name: str, verb: str) -> Door:
    """Return the door of the judging page: taken, then decided."""

    def decide(client: Client, _person: User, row: Any) -> object:
        application = KINDS[name].application(row.pk)
        args = [name, row.pk]
        client.post(reverse("backoffice:judging-take", args=args))
        values = {"version": application.version, "reasons": [MADE[name].reason], "remark": ALOUD}
        return client.post(reverse(f"backoffice:judging-{verb}", args=args), values, follow=True)

    return decide


def _together(name: str) -> Door:
    """Return the door of several at once: this one, and a copy of it that nobody minds."""

    def approve(client: Client, _person: User, row: Any) -> object:
        partner = {"signatures": "account.partner", "pledges": "customer.partner"}.get(name)
        owner: Any = row
        for part in (partner or "partner").split("."):
            owner = getattr(owner, part)
        other = MADE[name].make(partner=owner)
        ProofDocument.objects.filter(name="营业执照.pdf").update(sha256="a" * 64)
        LetterRound.objects.update(sha256="a" * 64)
        keys = [f"{name}-{each.pk}" for each in (row, other)]
        versions = {
            f"version-{name}-{each.pk}": KINDS[name].application(each.pk).version
            for each in (row, other)
        }
        address = reverse("backoffice:judging-together")
        return client.post(address, {"chosen": keys, **versions}, follow=True)

    return approve


def _service(call: Callable[..., object], name: str, **values: Any) -> Door:
    """Return the door of a service, which takes the thing's id under a name of its own."""
    return lambda _client, person, row: call(**{name: row.pk}, by=person.as_actor(), **values)


def _service_of(name: str, verb: str) -> Callable[..., object]:
    """Return what judges, given the thing's id."""
    if verb in {"suspend", "resume"}:
        call = getattr(signatures, verb)
        return lambda pk, **values: call(signature_id=pk, **values)
    return partial(getattr(judging, verb), REVIEWED[name])


def _judgement(name: str, verb: str) -> Deed:
    """Return a verdict on a signature, letter or pledge, by service, admin, page and in bulk."""
    make = {"signatures": _signature, "letters": _letter, "pledges": _pledge}[name](verb)
    model = {
        "signatures": "signatures_signature",
        "letters": "signatures_authorisationletter",
        "pledges": "pledges_pledge",
    }[name]
    asked: dict[str, Any] = {"reason": ALOUD} if verb in {"suspend", "revoke"} else {}
    if verb == "reject":
        asked = {"reasons": [MADE[name].reason], "remark": ALOUD}
    filled = dict(asked)
    if (name, verb) == ("pledges", "approve"):
        today = clock.local_date(clock.now())
        filled = {"valid_from": today, "valid_until": today + timedelta(days=365)}
    doors = {
        "service": lambda _client, person, row: _service_of(name, verb)(
            row.pk, by=person.as_actor(), at=clock.now(), **asked
        ),
        "admin": button(f"{model}_{verb}", **filled),
    }
    if verb in {"approve", "reject"}:
        doors["page"] = _judging(name, verb)
    if verb == "approve":
        doors["bulk"] = _together(name)
    # Together go only those that differ in nothing: not with one paper more, not of two customers.
    differing = {
        ("signatures.add_proof", "bulk"),
        ("pledges.fill", "bulk"),
        ("pledges.submit", "bulk"),
    }
    return Deed(
        role="reviewer",
        make=make,
        state=lambda row: row.status,
        doors=doors,
        only_own=frozenset(differing),
    )


def _at(call: Callable[..., object], name: str) -> Door:
    return lambda _client, person, row: call(**{name: row.pk}, by=person.as_actor(), at=clock.now())


DEEDS: dict[str, Deed] = {
    "recharges.confirm": Deed(
        role="finance",
        make=_recharge,
        state=_credited,
        doors={
            "service": _at(recharges.confirm, "recharge_id"),
            "admin": button("recharges_recharge_confirm"),
            "page": page("approval-approve"),
            "bulk": _matched_with_others,
        },
        # Whoever matches above the limit leaves it to yet another.
        only_own=frozenset({("recharges.propose", "bulk")}),
    ),
    "reversals.approve": Deed(
        role="finance",
        make=_reversal,
        state=lambda row: row.status,
        doors={
            "service": _at(reversals.approve, "reversal_id"),
            "admin": button("recharges_reversal_approve"),
            "page": page("reversal-approve"),
        },
    ),
    "reversals.write_off": Deed(
        role="finance",
        make=lambda before, person: _reversal(before, person, approved=True),
        state=lambda row: row.written_off_segments,
        doors={
            "service": _service(owed.write_off, "reversal_id", reason=ALOUD),
            "admin": button("recharges_reversal_write_off", reason=ALOUD),
        },
    ),
    "statements.confirm_profile": Deed(
        role="finance",
        make=_profile,
        state=lambda row: row.confirmed_by_id,
        doors={
            "service": _at(statements.confirm_profile, "profile_id"),
            "admin": button("recharges_bankprofile_confirm_profile"),
        },
    ),
    "proposals.approve": Deed(
        role="administrator",
        make=_proposal,
        state=lambda row: row.status,
        doors={
            "service": _at(proposals.approve, "proposal_id"),
            "admin": button("users_proposal_approve"),
        },
    ),
    "rates.publish": Deed(
        role="finance",
        make=_prices,
        state=lambda row: row.status,
        doors={
            "service": _at(rate_tables.publish, "version_id"),
            "admin": button("rates_rateversion_publish"),
        },
    ),
    "agreements.activate": Deed(
        role="administrator",
        make=_agreement,
        state=lambda row: row.status,
        doors={
            "service": _at(agreements.activate, "agreement_id"),
            "admin": button("agreements_agreement_activate"),
        },
    ),
    **{
        f"{name}.{verb}": _judgement(name, verb)
        for name, verbs in {
            "signatures": ("approve", "reject", "suspend", "resume", "revoke"),
            "letters": ("approve", "reject", "revoke"),
            "pledges": ("approve", "reject", "revoke"),
        }.items()
        for verb in verbs
    },
}
