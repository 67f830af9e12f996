"""Signatures in each of their states, with a proof where they were submitted."""

from datetime import UTC, datetime

import factory
from django.core.files.base import ContentFile

from apps.signatures.choices import ProofType, SignatureStatus, Source
from apps.signatures.models import ProofDocument, Signature
from tests.factories import files
from tests.factories.partners import AccountFactory
from tests.factories.users import StaffFactory, UserFactory

SPRING = datetime(2026, 3, 2, 1, tzinfo=UTC)
_judged = {
    "submitted_at": SPRING,
    "judged_at": SPRING,
    "judged_by": factory.SubFactory(StaffFactory, reviewer=True),
}
_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")


class SignatureFactory(factory.django.DjangoModelFactory):
    """A draft that a partner's person began."""

    class Meta:
        model = Signature
        skip_postgeneration_save = True

    account = factory.SubFactory(AccountFactory)
    text = factory.Sequence(lambda number: "青禾软件" + str(number).translate(_NUMERALS))
    source = Source.COMPANY
    applied_by = factory.SubFactory(UserFactory)
    applied_at = SPRING

    class Params:
        submitted = factory.Trait(status=SignatureStatus.SUBMITTED, submitted_at=SPRING)
        approved = factory.Trait(status=SignatureStatus.APPROVED, **_judged)
        rejected = factory.Trait(status=SignatureStatus.REJECTED, reason="执照模糊", **_judged)
        suspended = factory.Trait(status=SignatureStatus.SUSPENDED, reason="投诉", **_judged)
        revoked = factory.Trait(status=SignatureStatus.REVOKED, reason="执照注销", **_judged)
        proved = factory.Trait(
            proof=factory.RelatedFactory(
                "tests.factories.signatures.ProofDocumentFactory", "signature"
            )
        )


class ProofDocumentFactory(factory.django.DjangoModelFactory):
    """A stamped copy of the licence."""

    class Meta:
        model = ProofDocument

    signature = factory.SubFactory(SignatureFactory)
    type = ProofType.LICENCE
    content_type = "application/pdf"
    sha256 = factory.Sequence("{:064x}".format)
    size = 1000
    uploaded_at = SPRING
    file = factory.LazyAttribute(
        lambda _proof: ContentFile(files.pdf().getvalue(), name="licence.pdf")
    )
