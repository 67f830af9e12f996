"""Every state × every verb: what the table allows passes, all else raises and changes nothing."""

import pytest

from apps.signatures.choices import SignatureStatus as S
from apps.signatures.models import Signature
from apps.signatures.services import applications, signatures
from apps.signatures.services.steps import SignatureStateError
from tests.factories import files
from tests.factories.signatures import SPRING, SignatureFactory
from tests.factories.users import StaffFactory

pytestmark = pytest.mark.django_db

VERBS = {
    "add_proof": lambda pk, by: applications.add_proof(
        signature_id=pk, proof_type="LICENCE", file=files.png(), by=by, at=SPRING
    ),
    "submit": lambda pk, by: applications.submit(signature_id=pk, by=by, at=SPRING),
    "approve": lambda pk, by: signatures.approve(signature_id=pk, by=by, at=SPRING),
    "reject": lambda pk, by: signatures.reject(signature_id=pk, by=by, at=SPRING, reason="模糊"),
    "suspend": lambda pk, by: signatures.suspend(signature_id=pk, by=by, at=SPRING, reason="投诉"),
    "resume": lambda pk, by: signatures.resume(signature_id=pk, by=by, at=SPRING),
    "revoke": lambda pk, by: signatures.revoke(signature_id=pk, by=by, at=SPRING, reason="注销"),
    "set_default": lambda pk, by: signatures.set_default(signature_id=pk, by=by),
}
ALLOWED = {
    (S.DRAFT, "add_proof"): S.DRAFT,
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.SUBMITTED, "approve"): S.APPROVED,
    (S.SUBMITTED, "reject"): S.REJECTED,
    (S.REJECTED, "add_proof"): S.REJECTED,
    (S.REJECTED, "submit"): S.SUBMITTED,
    (S.APPROVED, "suspend"): S.SUSPENDED,
    (S.APPROVED, "revoke"): S.REVOKED,
    (S.APPROVED, "set_default"): S.APPROVED,
    (S.SUSPENDED, "resume"): S.APPROVED,
    (S.SUSPENDED, "revoke"): S.REVOKED,
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", S)
def test_table(status, verb):
    trait = {} if status == S.DRAFT else {status.lower(): True}
    signature = SignatureFactory(proved=True, **trait)
    before = Signature.objects.values().get()
    act = VERBS[verb]
    by = StaffFactory(reviewer=True).as_actor()

    if (status, verb) in ALLOWED:
        act(signature.pk, by)
        assert Signature.objects.get().status == ALLOWED[status, verb]
        return
    with pytest.raises(SignatureStateError):
        act(signature.pk, by)
    assert Signature.objects.values().get() == before
    assert signature.proofs.count() == 1
