"""Signatures of an account, the papers that prove the right to them, and how they were judged."""

from apps.signatures.models.letters import AuthorisationLetter
from apps.signatures.models.policies import SignaturePolicy
from apps.signatures.models.proofs import ProofDocument, proof_path
from apps.signatures.models.registrations import OperatorRegistration
from apps.signatures.models.rounds import LetterRound, Round
from apps.signatures.models.signatures import Signature

__all__ = [
    "AuthorisationLetter",
    "LetterRound",
    "OperatorRegistration",
    "ProofDocument",
    "Round",
    "Signature",
    "SignaturePolicy",
    "proof_path",
]
