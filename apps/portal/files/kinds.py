"""The files that a partner's people may look at, each kind by one line with the right it takes."""

from apps.agreements.models import IssuedDocument, SignedCopy
from apps.common.files.kinds import Kind
from apps.pledges.models import Pledge, PledgeRound
from apps.portal.access import Right
from apps.recharges.models import RechargeReceipt, Remittance
from apps.signatures.models import AuthorisationLetter, ProofDocument

KINDS: dict[str, tuple[Right, Kind]] = {
    "proofs": (Right.HOME, Kind(model=ProofDocument, field="file")),
    "letters": (Right.HOME, Kind(model=AuthorisationLetter, field="file")),
    "pledges": (Right.CUSTOMERS, Kind(model=Pledge, field="signed_copy")),
    "pledge-forms": (Right.CUSTOMERS, Kind(model=Pledge, field="form")),
    "pledge-copies": (Right.CUSTOMERS, Kind(model=PledgeRound, field="signed_copy")),
    "agreements": (
        Right.AGREEMENTS,
        Kind(
            model=IssuedDocument,
            field="file",
            saved_as=lambda document: document.printed["number"],
        ),
    ),
    "agreement-copies": (
        Right.AGREEMENTS,
        Kind(model=SignedCopy, field="file", title=lambda copy: f"{copy.agreement} · {copy}"),
    ),
    "receipts": (
        Right.RECHARGES,
        Kind(
            model=RechargeReceipt,
            field="file",
            saved_as=lambda receipt: receipt.recharge.number,
        ),
    ),
    "vouchers": (Right.RECHARGES, Kind(model=Remittance, field="voucher")),
}
