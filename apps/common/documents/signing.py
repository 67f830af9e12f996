"""Digital signatures of papers, so that any PDF reader shows a later change."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from asn1crypto import cms, keys, x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from apps.common.documents import certificates

FIELD = "Gateway"
Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """What the digital signature of a PDF says.

    Attributes:
        is_intact: it is signed, and not a byte was changed, added or taken away since.
        is_trusted: it was signed with the certificate that is in use here now.
        signer: the name in the certificate; empty where there is no signature.
        signed_at: as the signer says; no authority vouches for it.
    """

    is_intact: bool
    is_trusted: bool = False
    signer: str = ""
    signed_at: datetime | None = None


class _DatedSigner(signers.PdfSigner):
    """Signs as of a given moment instead of now."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def sign(pdf: bytes, *, reason: str, at: datetime) -> bytes:
    """Return the PDF with the gateway's signature over all of it; no later change is allowed."""
    certificate = certificates.current()
    issuers = [_as_asn1(issuer) for issuer in certificate.issuers]
    signer = _DatedSigner(
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            reason=reason,
            md_algorithm="sha256",
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        ),
        signer=signers.SimpleSigner(
            signing_cert=_as_asn1(certificate.own),
            signing_key=keys.PrivateKeyInfo.load(certificate.key_pkcs8),
            cert_registry=_registry(issuers),
        ),
        at=at,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return _apart(lambda: bytes(signer.sign_pdf(writer).getvalue()))


def verify(pdf: bytes) -> Verification:
    """Return what the last signature of a PDF says of it; never raises, whatever the bytes are."""
    try:
        embedded = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        return _apart(lambda: _verify(embedded[-1], pdf)) if embedded else _UNSIGNED
    except Exception:  # noqa: BLE001 - parsers of changed bytes raise anything
        return _UNSIGNED


_UNSIGNED = Verification(is_intact=False)


def _verify(embedded: EmbeddedPdfSignature, pdf: bytes) -> Verification:
    signer = embedded.signer_cert
    status = validate_pdf_signature(
        embedded, ValidationContext(trust_roots=[signer], allow_fetching=False)
    )
    is_whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    current = _as_asn1(certificates.current().own)
    return Verification(
        is_intact=bool(status.intact and status.valid and is_whole and _is_plain(embedded, pdf)),
        is_trusted=bool(status.valid) and signer.sha256 == current.sha256,
        signer=signer.subject.native.get("common_name", signer.subject.human_friendly),
        signed_at=status.signer_reported_dt,
    )


def _is_plain(embedded: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Tell whether the signature itself stands as it was written.

    The digest leaves out the place where the signature stands. Most of that place vouches for
    itself; the rest (padding, and the header around the signature) has one form only.
    """
    content, info = embedded.signed_data, embedded.signer_info
    algorithms = cms.DigestAlgorithms([info["digest_algorithm"]])
    _start, begin, end, _length = (int(place) for place in embedded.byte_range)
    written = cms.ContentInfo.load(embedded.pkcs7_content).dump().hex().upper().encode()
    return bool(
        pdf[begin:end] == b"<" + written.ljust(end - begin - 2, b"0") + b">"
        and content["version"].native == info["version"].native == "v1"
        and content["digest_algorithms"].dump() == algorithms.dump()
        and content["encap_content_info"].native == {"content_type": "data", "content": None}
    )


def _registry(issuers: list[x509.Certificate]) -> SimpleCertificateStore:
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(issuers)
    return registry


def _as_asn1(certificate: Any) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _apart(call: Callable[[], Answer]) -> Answer:
    """Call on a thread of its own: pyHanko starts an event loop, and here one may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()
