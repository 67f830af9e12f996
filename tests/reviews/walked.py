"""What the walk over kind × state × verb needs of each kind: how one is made, its verbs, its table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from apps.pledges.services import applications as pledge_applications
from apps.reviews.kinds import KINDS, Kind
from apps.reviews.services import ends, judging, submissions
from apps.signatures.choices import Use
from apps.signatures.services import applications, letters, proofs, registrations, signatures
from tests.backoffice.judging import MADE
from tests.factories import files
from tests.factories.partners import GatewayFactory
from tests.factories.pledges import FirstTemplateFactory, PledgeFactory
from tests.factories.signatures import SPRING, AuthorisationLetterFactory, SignatureFactory

LATER = SPRING + timedelta(hours=1)
AFTER_THE_END = SPRING + timedelta(days=400)
STAY = "="  # the verb is allowed and leaves the state

# What `reviews` does is the same for every kind; a verb is given kind, id and actor.
COMMON: dict[str, Callable[[Kind[Any, Any], int, Any], object]] = {
    "hand_in": lambda kind, pk, by: submissions.hand_in(kind, pk, by=by, at=SPRING),
    "withdraw": lambda kind, pk, by: submissions.withdraw(kind, pk, by=by, at=SPRING),
    "urge": lambda kind, pk, by: submissions.urge(kind, pk, by=by, at=LATER),
    "approve": lambda kind, pk, by: judging.approve(kind, pk, by=by, at=SPRING),
    "reject": lambda kind, pk, by: judging.reject(
        kind, pk, reasons=[MADE[kind.name].reason], by=by, at=SPRING
    ),
    "revoke": lambda kind, pk, by: judging.revoke(kind, pk, by=by, at=SPRING, reason="收到投诉"),
    "expire": lambda kind, pk, _by: ends.expire(kind, pk, at=AFTER_THE_END),
    "warn": lambda kind, pk, _by: ends.warn(kind, pk, at=SPRING),
}


@dataclass(frozen=True, kw_only=True)
class Walked:
    """A kind with its table: for each state the verbs that are allowed, and where they lead."""

    kind: Kind[Any, Any]
    make: Callable[[str], Any]
    allowed: Mapping[str, Mapping[str, str]]
    own_verbs: Mapping[str, Callable[[Any, Any], object]] = field(default_factory=dict)

    @property
    def verbs(self) -> list[str]:
        """The verbs of all kinds and its own."""
        return [*COMMON, *self.own_verbs]

    def do(self, verb: str, subject: Any, by: Any) -> object:
        """Do it."""
        if verb in COMMON:
            return COMMON[verb](self.kind, subject.pk, by)
        return self.own_verbs[verb](subject, by)

    def state_of(self, subject: Any) -> str:
        """Return its state; `+` stands for a renewal that waits while it holds."""
        subject.refresh_from_db()
        is_renewing = subject.due_at is not None and subject.status != "SUBMITTED"
        return f"{subject.status}{'+' if is_renewing else ''}"


def _signature(state: str) -> Any:
    renewing = {"renewing": True} if state.endswith("+") else {}
    status = state.removesuffix("+").lower()
    trait = {} if status == "draft" else {status: True}
    ends_on = {"holds_until": SPRING.date() + timedelta(days=7)}
    return SignatureFactory(
        proved=True, **trait, **renewing, **(ends_on if status in {"approved", "suspended"} else {})
    )


def _letter(state: str) -> Any:
    return AuthorisationLetterFactory(**{"scanned" if state == "DRAFT" else state.lower(): True})


def _pledge(state: str) -> Any:
    FirstTemplateFactory()
    GatewayFactory()
    return PledgeFactory(**{"copied" if state == "DRAFT" else state.lower(): True})


def _worked_on(*verbs: str, **outcomes: str) -> dict[str, str]:
    return dict.fromkeys(verbs, STAY) | outcomes


_ON_SIGNATURE = ("edit", "add_proof", "replace_proof", "remove_proof")
SIGNATURE = Walked(
    kind=KINDS["signatures"],
    make=_signature,
    own_verbs={
        "edit": lambda it, by: applications.edit(
            signature_id=it.pk, text=it.text, source="COMPANY", use=Use.OWN, by=by
        ),
        "add_proof": lambda it, by: proofs.add(
            signature_id=it.pk, proof_type="LICENCE", file=files.png(), by=by, at=SPRING
        ),
        "replace_proof": lambda it, by: proofs.replace(
            proof_id=it.proofs.get().pk, file=files.png(), by=by, at=SPRING
        ),
        "remove_proof": lambda it, by: proofs.remove(proof_id=it.proofs.get().pk, by=by, at=SPRING),
        "abandon": lambda it, by: applications.abandon(signature_id=it.pk, by=by, at=SPRING),
        "suspend": lambda it, by: signatures.suspend(
            signature_id=it.pk, by=by, at=SPRING, reason="投诉"
        ),
        "resume": lambda it, by: signatures.resume(signature_id=it.pk, by=by, at=SPRING),
        "set_default": lambda it, by: signatures.set_default(signature_id=it.pk, by=by),
        "register": lambda it, by: registrations.record(
            signature_id=it.pk,
            operator="MOBILE",
            status="FILED",
            on=SPRING.date(),
            by=by,
            at=SPRING,
        ),
    },
    allowed={
        "DRAFT": _worked_on(*_ON_SIGNATURE, hand_in="SUBMITTED", abandon="ABANDONED"),
        "SUBMITTED": _worked_on(
            "urge",
            "register",
            withdraw="DRAFT",
            abandon="ABANDONED",
            approve="APPROVED",
            reject="REJECTED",
        ),
        "REJECTED": _worked_on(*_ON_SIGNATURE, hand_in="SUBMITTED", abandon="ABANDONED"),
        "APPROVED": _worked_on(
            *_ON_SIGNATURE,
            "warn",
            "set_default",
            "register",
            hand_in="APPROVED+",
            abandon="ABANDONED",
            suspend="SUSPENDED",
            revoke="REVOKED",
            expire="EXPIRED",
        ),
        "APPROVED+": _worked_on(
            "urge",
            "warn",
            "set_default",
            "register",
            withdraw="APPROVED",
            abandon="ABANDONED",
            approve="APPROVED",
            reject="APPROVED",
            suspend="SUSPENDED+",
            revoke="REVOKED",
            expire="EXPIRED+",
        ),
        "SUSPENDED": _worked_on(
            *_ON_SIGNATURE,
            "warn",
            "register",
            hand_in="SUSPENDED+",
            abandon="ABANDONED",
            resume="APPROVED",
            revoke="REVOKED",
        ),
        "SUSPENDED+": _worked_on(
            "urge",
            "warn",
            "register",
            withdraw="SUSPENDED",
            abandon="ABANDONED",
            approve="SUSPENDED",
            reject="SUSPENDED",
            resume="APPROVED+",
            revoke="REVOKED",
        ),
        "EXPIRED": _worked_on(
            *_ON_SIGNATURE, "register", hand_in="EXPIRED+", abandon="ABANDONED", revoke="REVOKED"
        ),
        "EXPIRED+": _worked_on(
            "urge",
            "register",
            withdraw="EXPIRED",
            abandon="ABANDONED",
            approve="APPROVED",
            reject="EXPIRED",
            revoke="REVOKED",
        ),
        "REVOKED": {},
        "ABANDONED": {},
    },
)

_TERMS = letters.Terms(
    grantor_name="杭州西溪口腔门诊部有限公司",
    grantor_code="91330110MACH370602",
    grantee_name="北京青禾软件有限公司",
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 1, 1),
    texts=("西溪口腔",),
)
LETTER = Walked(
    kind=KINDS["letters"],
    make=_letter,
    own_verbs={
        "edit": lambda it, by: letters.edit(letter_id=it.pk, terms=_TERMS, by=by, at=SPRING),
        "attach_scan": lambda it, by: letters.attach_scan(letter_id=it.pk, file=files.png(), by=by),
    },
    allowed={
        "DRAFT": _worked_on("edit", "attach_scan", hand_in="SUBMITTED"),
        "SUBMITTED": _worked_on("urge", withdraw="DRAFT", approve="APPROVED", reject="REJECTED"),
        "REJECTED": _worked_on("edit", "attach_scan", hand_in="SUBMITTED"),
        "APPROVED": {"revoke": "REVOKED", "expire": "EXPIRED"},
        "REVOKED": {},
        "EXPIRED": {},
    },
)

_ON_PLEDGE = ("fill", "print_form", "attach_signed_copy")
PLEDGE = Walked(
    kind=KINDS["pledges"],
    make=_pledge,
    own_verbs={
        "fill": lambda it, by: pledge_applications.fill(
            pledge_id=it.pk, audience="会员", consent="书面", samples=["通知"], by=by
        ),
        "print_form": lambda it, by: pledge_applications.print_form(
            pledge_id=it.pk, by=by, at=SPRING
        ),
        "attach_signed_copy": lambda it, by: pledge_applications.attach_signed_copy(
            pledge_id=it.pk, file=files.pdf(), by=by
        ),
        "give_up": lambda it, by: pledge_applications.give_up(pledge_id=it.pk, by=by),
        "renew": lambda it, by: pledge_applications.renew(pledge_id=it.pk, by=by, at=SPRING),
    },
    allowed={
        "DRAFT": _worked_on(*_ON_PLEDGE, hand_in="SUBMITTED", give_up="ABANDONED"),
        "SUBMITTED": _worked_on("urge", withdraw="DRAFT", approve="APPROVED", reject="REJECTED"),
        "REJECTED": _worked_on(*_ON_PLEDGE, hand_in="SUBMITTED", give_up="ABANDONED"),
        "APPROVED": _worked_on("renew", "warn", revoke="REVOKED", expire="EXPIRED"),
        "REVOKED": _worked_on("renew"),
        "EXPIRED": _worked_on("renew"),
        "ABANDONED": {},
    },
)
WALKED = {each.kind.name: each for each in (SIGNATURE, LETTER, PLEDGE)}
