from datetime import date

import pytest

from apps.common import uploads
from apps.common.errors import NotFoundError
from apps.signatures.choices import ProofType
from apps.signatures.models import ProofDocument
from apps.signatures.services import proofs
from tests.factories import files
from tests.factories.partners import AccountFactory
from tests.factories.signatures import SPRING, SignatureFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def add(signature, file, proof_type=ProofType.LICENCE, **wishes):
    return proofs.add(
        signature_id=signature.pk,
        proof_type=proof_type,
        file=file,
        **{"by": UserFactory().as_actor(), "at": SPRING} | wishes,
    )


class TestAdd:
    def test_keeps_the_cleaned_file_under_a_name_of_our_own(self):
        proof = add(SignatureFactory(), files.jpeg())

        assert proof.file.name.startswith("proofs/")
        assert proof.file.name.endswith(".jpg")
        assert proof.content_type == "image/jpeg"
        with proof.file.open() as kept:
            assert len(kept.read()) == proof.size

    def test_refuses_the_same_file_twice(self):
        signature = SignatureFactory()
        add(signature, files.png())

        with pytest.raises(proofs.ProofExistsError):
            add(signature, files.png())

    def test_stores_a_file_of_the_partner_once(self):
        account = AccountFactory()
        first, second = SignatureFactory.create_batch(2, account=account)

        assert add(first, files.png()).file.name == add(second, files.png()).file.name

    def test_stores_another_partners_same_file_apart(self):
        first, second = SignatureFactory.create_batch(2)

        assert add(first, files.png()).file.name != add(second, files.png()).file.name

    def test_refuses_what_proves_nothing_for_the_source(self):
        with pytest.raises(proofs.ProofTypeError, match="店铺"):
            add(SignatureFactory(), files.png(), ProofType.SHOP_SCREENSHOT)

    def test_asks_for_the_end_of_a_trademark(self):
        with pytest.raises(proofs.ProofValidityMissingError):
            add(SignatureFactory(), files.png(), ProofType.TRADEMARK_CERTIFICATE)

    def test_refuses_what_has_ended(self):
        with pytest.raises(proofs.ProofExpiredError):
            add(SignatureFactory(), files.png(), valid_until=date(2026, 3, 2))

    def test_leaves_nothing_of_a_refused_file(self):
        with pytest.raises(uploads.UploadTypeError):
            add(SignatureFactory(), files.io.BytesIO(b"<html>"))

        assert not ProofDocument.objects.exists()


class TestReplace:
    def test_keeps_the_old_one_in_the_history(self):
        signature = SignatureFactory(approved=True, proved=True)
        old = signature.proofs.get()

        new = proofs.replace(
            proof_id=old.pk, file=files.png(), by=UserFactory().as_actor(), at=SPRING
        )

        old.refresh_from_db()
        assert (new.replaces, new.type, old.removed_at) == (old, old.type, SPRING)
        assert list(signature.proofs.present()) == [new]
        assert list(signature.rounds.get().proofs.all()) == [old]

    def test_does_not_know_what_was_taken_out(self):
        signature = SignatureFactory(proved=True)
        gone = {"proof_id": signature.proofs.get().pk, "by": UserFactory().as_actor(), "at": SPRING}
        proofs.remove(**gone)

        with pytest.raises(NotFoundError):
            proofs.replace(file=files.png(), **gone)

    def test_lets_a_file_that_was_taken_out_come_back(self):
        signature = SignatureFactory()
        first = add(signature, files.png())
        proofs.remove(proof_id=first.pk, by=UserFactory().as_actor(), at=SPRING)

        assert add(signature, files.png()).pk != first.pk


class TestReuse:
    def reuse(self, signature, proof):
        return proofs.reuse(
            signature_id=signature.pk, proof_id=proof.pk, by=UserFactory().as_actor(), at=SPRING
        )

    def test_takes_the_paper_of_another_signature(self):
        account = AccountFactory()
        known = SignatureFactory(account=account, proved=True).proofs.get()

        again = self.reuse(SignatureFactory(account=account), known)

        assert (again.sha256, again.file.name) == (known.sha256, known.file.name)

    def test_does_not_know_another_partners_paper(self):
        known = SignatureFactory(proved=True).proofs.get()

        with pytest.raises(NotFoundError):
            self.reuse(SignatureFactory(), known)
