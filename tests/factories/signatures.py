"""Signatures in each of their states, with the rounds that led there and a proof where asked."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.core.files.base import ContentFile

from apps.reviews.choices import RoundStatus
from apps.signatures.choices import LetterStatus, ProofType, SignatureStatus, Source, Use
from apps.signatures.models import (
    AuthorisationLetter,
    LetterRound,
    ProofDocument,
    Round,
    Signature,
    SignaturePolicy,
)
from apps.signatures.particulars import FIELDS
from apps.signatures.reasons import RejectionReason
from tests.factories import files
from tests.factories.partners import AccountFactory, PartnerFactory
from tests.factories.users import StaffFactory, UserFactory

SPRING = datetime(2026, 3, 2, 1, tzinfo=UTC)  # a Monday, nine o'clock in Shanghai
DUE = SPRING + timedelta(hours=2)
_judged = {
    "submitted_at": SPRING,
    "judged_at": SPRING,
    "judged_by": factory.SubFactory(StaffFactory, reviewer=True),
}
_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")
_OUTCOME = {
    SignatureStatus.SUBMITTED: RoundStatus.WAITING,
    SignatureStatus.REJECTED: RoundStatus.REJECTED,
    SignatureStatus.APPROVED: RoundStatus.APPROVED,
    SignatureStatus.SUSPENDED: RoundStatus.APPROVED,
    SignatureStatus.EXPIRED: RoundStatus.APPROVED,
    SignatureStatus.REVOKED: RoundStatus.APPROVED,
}

_OUTCOME_OF_LETTER = {
    LetterStatus.SUBMITTED: RoundStatus.WAITING,
    LetterStatus.REJECTED: RoundStatus.REJECTED,
    LetterStatus.APPROVED: RoundStatus.APPROVED,
    LetterStatus.REVOKED: RoundStatus.APPROVED,
    LetterStatus.EXPIRED: RoundStatus.APPROVED,
}


class SignatureFactory(factory.django.DjangoModelFactory):
    """A draft that a partner's person began; a trait for each other state, `renewing` besides."""

    class Meta:
        model = Signature
        skip_postgeneration_save = True

    account = factory.SubFactory(AccountFactory)
    text = factory.Sequence(lambda number: "青禾软件" + str(number).translate(_NUMERALS))
    source = Source.COMPANY
    company_name = factory.LazyAttribute(lambda made: made.account.partner.name)
    entered_by = factory.SubFactory(UserFactory)
    entered_at = SPRING

    class Params:
        submitted = factory.Trait(status=SignatureStatus.SUBMITTED, submitted_at=SPRING, due_at=DUE)
        approved = factory.Trait(status=SignatureStatus.APPROVED, **_judged)
        rejected = factory.Trait(status=SignatureStatus.REJECTED, remark="执照模糊", **_judged)
        suspended = factory.Trait(status=SignatureStatus.SUSPENDED, remark="投诉", **_judged)
        expired = factory.Trait(
            status=SignatureStatus.EXPIRED, remark="商标到期", holds_until=SPRING.date(), **_judged
        )
        revoked = factory.Trait(status=SignatureStatus.REVOKED, remark="执照注销", **_judged)
        abandoned = factory.Trait(status=SignatureStatus.ABANDONED)
        renewing = factory.Trait(due_at=DUE)
        proved = factory.Trait(
            proof=factory.RelatedFactory(
                "tests.factories.signatures.ProofDocumentFactory", "signature"
            )
        )

    @factory.post_generation
    def rounds(self, create, _extracted, **_options):
        """Write the submissions that the state tells of."""
        if create and self.status in _OUTCOME:
            RoundFactory(signature=self, status=_OUTCOME[self.status])
        if create and self.due_at and self.status != SignatureStatus.SUBMITTED:
            RoundFactory(signature=self, is_renewal=True)


class RoundFactory(factory.django.DjangoModelFactory):
    """A submission that waits to be judged, or by `status` one that was."""

    class Meta:
        model = Round
        skip_postgeneration_save = True

    signature = factory.SubFactory(SignatureFactory)
    order_number = factory.Sequence("QM20260101-{:04}".format)
    number = 1
    status = RoundStatus.WAITING
    text = factory.LazyAttribute(lambda made: made.signature.text)
    source = factory.LazyAttribute(lambda made: made.signature.source)
    use = factory.LazyAttribute(lambda made: made.signature.use)
    letter = factory.LazyAttribute(lambda made: made.signature.letter)
    particulars = factory.LazyAttribute(
        lambda made: {name: getattr(made.signature, name) for name in FIELDS}
    )
    submitted_by = factory.LazyAttribute(lambda made: made.signature.entered_by)
    submitted_at = SPRING
    due_at = DUE
    judged_by = factory.LazyAttribute(
        lambda made: None if made.status == RoundStatus.WAITING else made.signature.judged_by
    )
    judged_at = factory.LazyAttribute(
        lambda made: None if made.status == RoundStatus.WAITING else SPRING
    )
    reasons = factory.LazyAttribute(
        lambda made: (
            [RejectionReason.PROOF_UNREADABLE] if made.status == RoundStatus.REJECTED else []
        )
    )

    @factory.post_generation
    def with_proofs(self, create, _extracted, **_options):
        """Hand in the papers that are with the signature."""
        if create:
            self.proofs.set(self.signature.proofs.present())


class ProofDocumentFactory(factory.django.DjangoModelFactory):
    """A stamped copy of the licence, with every submission of its signature."""

    class Meta:
        model = ProofDocument
        skip_postgeneration_save = True

    signature = factory.SubFactory(SignatureFactory)
    type = ProofType.LICENCE
    content_type = "application/pdf"
    sha256 = factory.Sequence("{:064x}".format)
    size = 1000
    name = "营业执照.pdf"
    uploaded_at = SPRING
    file = factory.LazyAttribute(
        lambda _proof: ContentFile(files.pdf().getvalue(), name="licence.pdf")
    )

    @factory.post_generation
    def in_rounds(self, create, _extracted, **_options):
        """Join the submissions that were written before it."""
        if create:
            for each in self.signature.rounds.order_by("pk"):
                each.proofs.add(self)


class AuthorisationLetterFactory(factory.django.DjangoModelFactory):
    """A draft letter that covers every signature, without its scan."""

    class Meta:
        model = AuthorisationLetter
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory)
    grantor_name = "杭州西溪口腔门诊部有限公司"
    grantor_code = "91330110MACH370602"
    grantee_name = factory.LazyAttribute(lambda made: made.partner.name)
    valid_from = date(2026, 1, 1)
    valid_until = date(2027, 1, 1)
    covers_all = True
    entered_by = factory.SubFactory(UserFactory)
    entered_at = SPRING

    class Params:
        numbered = factory.Trait(order_number=factory.Sequence("SQ20260101-{:04}".format))
        scanned = factory.Trait(
            content_type="application/pdf",
            sha256=factory.Sequence("{:064x}".format),
            file=factory.LazyAttribute(
                lambda _letter: ContentFile(files.pdf().getvalue(), name="letter.pdf")
            ),
        )
        submitted = factory.Trait(
            scanned=True,
            status=LetterStatus.SUBMITTED,
            submitted_at=SPRING,
            due_at=DUE,
            numbered=True,
        )
        approved = factory.Trait(
            scanned=True, numbered=True, status=LetterStatus.APPROVED, **_judged
        )
        rejected = factory.Trait(
            scanned=True, numbered=True, status=LetterStatus.REJECTED, remark="未盖章", **_judged
        )
        revoked = factory.Trait(
            scanned=True, numbered=True, status=LetterStatus.REVOKED, remark="授权撤回", **_judged
        )
        expired = factory.Trait(scanned=True, numbered=True, status=LetterStatus.EXPIRED, **_judged)

    @factory.post_generation
    def rounds(self, create, _extracted, **_options):
        """Write the submission that the state tells of."""
        if create and self.status in _OUTCOME_OF_LETTER:
            status = _OUTCOME_OF_LETTER[self.status]
            is_closed = status != RoundStatus.WAITING
            LetterRound.objects.create(
                letter=self,
                order_number=self.order_number,
                number=1,
                status=status,
                particulars=self.terms(),
                file=self.file.name,
                sha256=self.sha256,
                submitted_by=self.submitted_by,
                submitted_at=self.submitted_at,
                due_at=self.due_at or DUE,
                judged_by=self.judged_by if is_closed else None,
                judged_at=SPRING if is_closed else None,
                reasons=[RejectionReason.LETTER_INVALID] if status == RoundStatus.REJECTED else [],
            )


def behalf(letter: AuthorisationLetter) -> dict[str, object]:
    """Return what makes a signature one on behalf of the company that wrote the letter."""
    return {"use": Use.BEHALF, "letter": letter, "account__partner": letter.partner}


def set_rules(**values: object) -> SignaturePolicy:
    """Change the rules that staff set."""
    return SignaturePolicy.objects.update_or_create(defaults=values)[0]
