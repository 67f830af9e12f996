"""Every state × every verb: what the table allows passes, all else raises and changes nothing.

`+` stands for a state in which a renewal waits to be judged.
"""

from datetime import timedelta

import pytest

from apps.signatures.choices import Use
from apps.signatures.models import ProofDocument, Round, Signature
from apps.signatures.services import applications, expiry, proofs, registrations, signatures
from apps.signatures.services.steps import SignatureStateError
from tests.factories import files
from tests.factories.signatures import SPRING, SignatureFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db

LATER = SPRING + timedelta(hours=1)
VERBS = {
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
    "submit": lambda it, by: applications.submit(signature_id=it.pk, by=by, at=SPRING),
    "withdraw": lambda it, by: applications.withdraw(signature_id=it.pk, by=by, at=SPRING),
    "urge": lambda it, by: applications.urge(signature_id=it.pk, by=by, at=LATER),
    "abandon": lambda it, by: applications.abandon(signature_id=it.pk, by=by, at=SPRING),
    "approve": lambda it, by: signatures.approve(signature_id=it.pk, by=by, at=SPRING),
    "reject": lambda it, by: signatures.reject(
        signature_id=it.pk, reasons=["PROOF_UNREADABLE"], by=by, at=SPRING
    ),
    "suspend": lambda it, by: signatures.suspend(
        signature_id=it.pk, by=by, at=SPRING, reason="投诉"
    ),
    "resume": lambda it, by: signatures.resume(signature_id=it.pk, by=by, at=SPRING),
    "revoke": lambda it, by: signatures.revoke(signature_id=it.pk, by=by, at=SPRING, reason="注销"),
    "expire": lambda it, by: expiry.expire(signature_id=it.pk, at=SPRING + timedelta(days=9)),
    "warn": lambda it, by: expiry.warn(signature_id=it.pk, at=SPRING),
    "set_default": lambda it, by: signatures.set_default(signature_id=it.pk, by=by),
    "register": lambda it, by: registrations.record(
        signature_id=it.pk, operator="MOBILE", status="FILED", on=SPRING.date(), by=by, at=SPRING
    ),
}
STATES = {
    "DRAFT": {},
    "SUBMITTED": {"submitted": True},
    "REJECTED": {"rejected": True},
    "APPROVED": {"approved": True},
    "APPROVED+": {"approved": True, "renewing": True},
    "SUSPENDED": {"suspended": True},
    "SUSPENDED+": {"suspended": True, "renewing": True},
    "EXPIRED": {"expired": True},
    "EXPIRED+": {"expired": True, "renewing": True},
    "REVOKED": {"revoked": True},
    "ABANDONED": {"abandoned": True},
}
ENDS = {"APPROVED", "APPROVED+", "SUSPENDED", "SUSPENDED+"}  # have a day on which they end
WORK = dict.fromkeys(["edit", "add_proof", "replace_proof", "remove_proof"])
STAY = "="  # the verb is allowed and leaves the state


def row(**outcomes):
    return outcomes


def working(submitted, **outcomes):
    return dict.fromkeys(WORK, STAY) | {"submit": submitted, "abandon": "ABANDONED"} | outcomes


ALLOWED = {
    "DRAFT": working("SUBMITTED"),
    "SUBMITTED": row(
        withdraw="DRAFT", urge=STAY, abandon="ABANDONED", approve="APPROVED", reject="REJECTED",
        register=STAY,
    ),
    "REJECTED": working("SUBMITTED"),
    "APPROVED": working(
        "APPROVED+", suspend="SUSPENDED", revoke="REVOKED", expire="EXPIRED", warn=STAY,
        set_default=STAY, register=STAY,
    ),
    "APPROVED+": row(
        withdraw="APPROVED", urge=STAY, abandon="ABANDONED", approve="APPROVED", reject="APPROVED",
        suspend="SUSPENDED+", revoke="REVOKED", expire="EXPIRED+", warn=STAY, set_default=STAY,
        register=STAY,
    ),
    "SUSPENDED": working(
        "SUSPENDED+", resume="APPROVED", revoke="REVOKED", warn=STAY, register=STAY
    ),
    "SUSPENDED+": row(
        withdraw="SUSPENDED", urge=STAY, abandon="ABANDONED", approve="SUSPENDED",
        reject="SUSPENDED", resume="APPROVED+", revoke="REVOKED", warn=STAY, register=STAY,
    ),
    "EXPIRED": working("EXPIRED+", revoke="REVOKED", register=STAY),
    "EXPIRED+": row(
        withdraw="EXPIRED", urge=STAY, abandon="ABANDONED", approve="APPROVED", reject="EXPIRED",
        revoke="REVOKED", register=STAY,
    ),
    "REVOKED": {},
    "ABANDONED": {},
}  # fmt: skip


def state_of(signature):
    signature.refresh_from_db()
    is_renewing = signature.due_at is not None and signature.status != "SUBMITTED"
    return f"{signature.status}{'+' if is_renewing else ''}"


def everything():
    models = (Signature, ProofDocument, Round)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", STATES)
def test_table(state, verb):
    ends = {"holds_until": SPRING.date() + timedelta(days=7)} if state in ENDS else {}
    signature = SignatureFactory(proved=True, **STATES[state], **ends)
    before, by = everything(), StaffFactory(reviewer=True).as_actor()
    expected = ALLOWED[state].get(verb)

    if expected is not None:
        VERBS[verb](signature, by)
        assert state_of(signature) == (state if expected == STAY else expected)
        assert Round.objects.waiting().exists() == (signature.due_at is not None)
        return
    with pytest.raises(SignatureStateError):
        VERBS[verb](signature, by)
    assert everything() == before
