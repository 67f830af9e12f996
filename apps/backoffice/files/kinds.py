"""The files that staff may look at, each kind by one line; its model's view permission decides.

A look is told in the history of what `about` names: staff judge a signature, not a file.
"""

from operator import attrgetter

from apps.agreements.models import IssuedDocument, SignedCopy
from apps.common.files.kinds import Kind
from apps.pledges.models import Pledge, PledgeRound
from apps.recharges.models import RechargeReceipt, Remittance
from apps.signatures.models import AuthorisationLetter, ProofDocument

KINDS: dict[str, Kind] = {
    "agreements": Kind(
        model=IssuedDocument,
        field="file",
        about=attrgetter("agreement"),
        title=lambda document: str(document.agreement),
        saved_as=lambda document: document.printed["number"],
    ),
    "agreement-copies": Kind(model=SignedCopy, field="file", about=attrgetter("agreement")),
    "proofs": Kind(model=ProofDocument, field="file", about=attrgetter("signature")),
    "letters": Kind(model=AuthorisationLetter, field="file"),
    "pledges": Kind(model=Pledge, field="signed_copy"),
    "pledge-forms": Kind(model=Pledge, field="form"),
    "pledge-copies": Kind(model=PledgeRound, field="signed_copy", about=attrgetter("pledge")),
    "receipts": Kind(
        model=RechargeReceipt,
        field="file",
        about=attrgetter("recharge"),
        saved_as=lambda receipt: receipt.recharge.number,
    ),
    "vouchers": Kind(model=Remittance, field="voucher"),
}
