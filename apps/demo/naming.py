"""Signatures of the demonstration set in different states, with a letter and registrations."""

from datetime import datetime, timedelta
from typing import IO

from apps.audit.actors import Actor
from apps.common.clock import local_date
from apps.demo import papers
from apps.demo.companies import QINGHE, YUNFAN, Client, Firm
from apps.partners.models import Account
from apps.reviews.services import judging, submissions
from apps.signatures.choices import ProofType, RegisteringOperator, RegistrationStatus, Source, Use
from apps.signatures.models import Signature
from apps.signatures.particulars import Particulars
from apps.signatures.reasons import RejectionReason
from apps.signatures.services import applications, letters, proofs, registrations
from apps.signatures.services.kinds import LETTERS, SIGNATURES

JUDGED_AFTER = timedelta(hours=3)
GRANTOR = Particulars(company_name="杭州湖畔书院文化有限公司", company_code="91330105MA27XK0D3K")


def apply_for_signature(
    account: Account, text: str, *, paper: Firm, by: Actor, at: datetime
) -> int:
    """Hand in a signature with a copy of the licence; return its id."""
    signature = applications.draft(
        account_id=account.pk, text=text, source=Source.COMPANY, by=by, at=at
    )
    _prove(signature, ProofType.LICENCE, _licence(paper, text), by=by, at=at)
    submissions.hand_in(SIGNATURES, signature.pk, by=by, at=at)
    return signature.pk


def approve_signature(
    account: Account, text: str, *, paper: Firm, by: Actor, reviewer: Actor, at: datetime
) -> int:
    """Hand in a signature and have it approved; the first becomes the account's default."""
    signature_id = apply_for_signature(account, text, paper=paper, by=by, at=at)
    judging.approve(SIGNATURES, signature_id, by=reviewer, at=at + JUDGED_AFTER)
    return signature_id


def sign_both(yunfan: Client, qinghe: Client, *, team: dict[str, Actor], at: datetime) -> None:
    """Give both partners the signature that they send with, the first one registered."""
    reviewer = team["reviewer"]
    for client, firm, text in ((yunfan, YUNFAN, "云帆软件"), (qinghe, QINGHE, "青禾云店")):
        signature_id = approve_signature(
            client.account, text, paper=firm, by=client.owner, reviewer=reviewer, at=at
        )
        _register(signature_id, by=reviewer, at=at)


def show_states(yunfan: Client, qinghe: Client, *, team: dict[str, Actor], at: datetime) -> None:
    """Leave one to judge, one refused, one that ends soon, one for another company, a draft."""
    reviewer = team["reviewer"]
    _refuse(yunfan, by=reviewer, at=at - timedelta(days=2))
    _mark(qinghe, by=reviewer, at=at - timedelta(days=12), ends_in=timedelta(days=20))
    _speak_for_another(yunfan, by=reviewer, at=at - timedelta(days=6))
    apply_for_signature(
        yunfan.account, "云帆会员", paper=YUNFAN, by=yunfan.owner, at=at - timedelta(days=1)
    )
    applications.draft(
        account_id=qinghe.account.pk,
        text="青禾小店",
        source=Source.SHOP,
        particulars=Particulars(source_detail="https://shop.example/qinghe"),
        by=qinghe.owner,
        at=at,
    )


def _refuse(client: Client, *, by: Actor, at: datetime) -> None:
    signature_id = apply_for_signature(
        client.account, "帆云物流", paper=YUNFAN, by=client.owner, at=at
    )
    judging.reject(
        SIGNATURES,
        signature_id,
        reasons=[RejectionReason.TEXT_NOT_OWNED, RejectionReason.PROOF_UNREADABLE],
        remark="执照上没有“物流”，副本第二行看不清。",
        by=by,
        at=at + JUDGED_AFTER,
    )


def _mark(client: Client, *, by: Actor, at: datetime, ends_in: timedelta) -> None:
    owner = client.owner
    signature = applications.draft(
        account_id=client.account.pk,
        text="青禾优选",
        source=Source.TRADEMARK,
        particulars=Particulars(source_detail="第 38201145 号，第 35 类"),
        by=owner,
        at=at,
    )
    scan = papers.trademark(text="青禾优选", holder=QINGHE.name, number="38201145")
    ends_on = local_date(at + timedelta(days=12)) + ends_in
    _prove(signature, ProofType.LICENCE, _licence(QINGHE, "青禾优选"), by=owner, at=at)
    proofs.add(
        signature_id=signature.pk,
        proof_type=ProofType.TRADEMARK_CERTIFICATE,
        file=scan,
        valid_until=ends_on,
        by=owner,
        at=at,
    )
    submissions.hand_in(SIGNATURES, signature.pk, by=owner, at=at)
    judging.approve(SIGNATURES, signature.pk, by=by, at=at + JUDGED_AFTER)


def _speak_for_another(client: Client, *, by: Actor, at: datetime) -> None:
    owner, text = client.owner, "湖畔书院"
    letter_id = _letter(client, text, by=by, at=at)
    signature = applications.draft(
        account_id=client.account.pk,
        text=text,
        source=Source.COMPANY,
        use=Use.BEHALF,
        letter_id=letter_id,
        by=owner,
        at=at,
    )
    _prove(signature, ProofType.LICENCE, _licence(YUNFAN, text), by=owner, at=at)
    licence = papers.licence(
        name=GRANTOR.company_name,
        credit_code=GRANTOR.company_code,
        address="浙江省杭州市拱墅区湖墅南路 5 号",
    )
    _prove(signature, ProofType.OWNER_LICENCE, licence, by=owner, at=at)
    submissions.hand_in(SIGNATURES, signature.pk, by=owner, at=at)
    judging.approve(SIGNATURES, signature.pk, by=by, at=at + 2 * JUDGED_AFTER)


def _letter(client: Client, text: str, *, by: Actor, at: datetime) -> int:
    today = local_date(at)
    terms = letters.Terms(
        grantor_name=GRANTOR.company_name,
        grantor_code=GRANTOR.company_code,
        grantee_name=client.partner.name,
        valid_from=today,
        valid_until=today + timedelta(days=365),
        texts=(text,),
    )
    letter = letters.draft(partner_id=client.partner.pk, terms=terms, by=client.owner, at=at)
    scan = papers.authorisation(
        grantor=GRANTOR.company_name, grantee=client.partner.name, text=text
    )
    letters.attach_scan(letter_id=letter.pk, file=scan, by=client.owner)
    submissions.hand_in(LETTERS, letter.pk, by=client.owner, at=at)
    judging.approve(LETTERS, letter.pk, by=by, at=at + JUDGED_AFTER)
    return letter.pk


def _register(signature_id: int, *, by: Actor, at: datetime) -> None:
    filed_on = local_date(at) + timedelta(days=1)
    answers = {
        RegisteringOperator.MOBILE: RegistrationStatus.REGISTERED,
        RegisteringOperator.UNICOM: RegistrationStatus.REGISTERED,
        RegisteringOperator.TELECOM: RegistrationStatus.FILED,
    }
    for operator, answer in answers.items():
        for status, days in ((RegistrationStatus.FILED, 0), (answer, 6)):
            registrations.record(
                signature_id=signature_id,
                operator=operator,
                status=status,
                on=filed_on if answer == RegistrationStatus.FILED else filed_on + timedelta(days),
                extension="0218" if status == RegistrationStatus.REGISTERED else "",
                by=by,
                at=at + timedelta(days=1 + days),
            )


def _licence(paper: Firm, text: str) -> IO[bytes]:
    return papers.licence(
        name=paper.name, credit_code=paper.credit_code, address=f"{paper.address}（{text}）"
    )


def _prove(
    signature: Signature, proof_type: ProofType, file: IO[bytes], *, by: Actor, at: datetime
) -> None:
    proofs.add(signature_id=signature.pk, proof_type=proof_type, file=file, by=by, at=at)
