import pytest

from apps.signatures.choices import ProofType, Source
from apps.signatures.models import ProofDocument, Signature
from apps.signatures.services import applications
from tests.factories import files
from tests.factories.partners import AccountFactory
from tests.factories.signatures import SPRING, SignatureFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def draft(account, text):
    return applications.draft(
        account=account,
        text=text,
        source=Source.COMPANY,
        by=UserFactory().as_actor(),
        at=SPRING,
    )


class TestDraft:
    def test_keeps_the_bare_text(self):
        assert draft(AccountFactory(), "【青禾软件】").text == "青禾软件"

    def test_refuses_what_is_no_name(self):
        with pytest.raises(applications.SignatureTextError) as caught:
            draft(AccountFactory(), "10086")

        assert caught.value.data == {"problem": "digits_alone"}

    def test_refuses_a_text_that_the_account_has(self):
        signature = SignatureFactory(rejected=True)

        with pytest.raises(applications.SignatureExistsError):
            draft(signature.account, signature.text)

    def test_takes_a_text_that_was_revoked(self):
        signature = SignatureFactory(revoked=True)

        assert draft(signature.account, signature.text).status == "DRAFT"

    def test_takes_a_text_that_another_account_has(self):
        signature = SignatureFactory(approved=True)

        assert draft(AccountFactory(), signature.text).text == signature.text


class TestAddProof:
    def test_keeps_the_cleaned_file_under_a_name_of_our_own(self):
        signature = SignatureFactory()

        proof = applications.add_proof(
            signature_id=signature.pk,
            proof_type=ProofType.LICENCE,
            file=files.jpeg(),
            by=signature.applied_by.as_actor(),
            at=SPRING,
        )

        assert proof.file.name.startswith("proofs/")
        assert proof.file.name.endswith(".jpg")
        assert proof.content_type == "image/jpeg"
        assert proof.uploaded_by == signature.applied_by
        with proof.file.open() as kept:
            assert len(kept.read()) == proof.size

    def test_refuses_the_same_file_twice(self):
        signature = SignatureFactory()
        proof = {"proof_type": ProofType.LICENCE, "by": UserFactory().as_actor(), "at": SPRING}
        applications.add_proof(signature_id=signature.pk, file=files.png(), **proof)

        with pytest.raises(applications.ProofExistsError):
            applications.add_proof(signature_id=signature.pk, file=files.png(), **proof)


class TestSubmit:
    def test_refuses_without_a_proof(self):
        signature = SignatureFactory()

        with pytest.raises(applications.SignatureProofMissingError):
            applications.submit(signature_id=signature.pk, by=UserFactory().as_actor(), at=SPRING)

    def test_forgets_the_judgement_before(self):
        signature = SignatureFactory(rejected=True, proved=True)

        again = applications.submit(
            signature_id=signature.pk, by=UserFactory().as_actor(), at=SPRING
        )

        assert (again.judged_by, again.judged_at, again.reason) == (None, None, "")


class TestApply:
    def apply(self, file):
        return applications.apply(
            account=AccountFactory(),
            text="青禾软件",
            source=Source.COMPANY,
            proof_type=ProofType.LICENCE,
            file=file,
            by=UserFactory().as_actor(),
            at=SPRING,
        )

    def test_submits_with_the_proof(self):
        signature = self.apply(files.pdf())

        assert signature.status == "SUBMITTED"
        assert signature.submitted_at == SPRING
        assert signature.proofs.get().type == "LICENCE"

    def test_leaves_nothing_when_the_file_is_refused(self):
        with pytest.raises(applications.uploads.UploadTypeError):
            self.apply(files.io.BytesIO(b"<html>"))

        assert not Signature.objects.exists()
        assert not ProofDocument.objects.exists()
