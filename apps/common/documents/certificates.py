"""The certificate that the gateway signs its papers with.

An operator names one (`DOCUMENT_CERTIFICATE`: PKCS#12, or PEM with the key in it). Without one the
project makes one for itself and keeps it below `VAR_DIR`; readers then show a paper as unchanged
since its signature, and its signer as unknown to them.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from apps.common import clock
from apps.common.secrets import kept_file

KEPT_AS = "document_certificate.pem"
SELF_MADE_FOR = timedelta(days=3650)
_PEM = b"-----BEGIN"


class CertificateUnusableError(Exception):
    """The certificate cannot be read, or it has no key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate:
    """A certificate, its key and the certificates that issued it."""

    own: x509.Certificate
    key: PrivateKeyTypes
    issuers: tuple[x509.Certificate, ...]

    @property
    def key_pkcs8(self) -> bytes:
        """The key as DER, unencrypted: it stays in this process."""
        return self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


def current() -> Certificate:
    """Return the certificate in use: the operator's, or the one that the project made for itself.

    Raises:
        CertificateUnusableError: the operator's cannot be read with its password.
    """
    if settings.DOCUMENT_CERTIFICATE:
        path, password = Path(settings.DOCUMENT_CERTIFICATE), settings.DOCUMENT_CERTIFICATE_PASSWORD
        return _read(path.read_bytes(), password.encode() or None)
    return _read(kept_file(Path(settings.VAR_DIR) / KEPT_AS, self_made), None)


def self_made() -> bytes:
    """Make a key and a certificate that vouches for itself, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, settings.DOCUMENT_SELF_MADE_NAME)])
    now = clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + SELF_MADE_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_may_sign(), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept_key = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return kept_key + certificate.public_bytes(serialization.Encoding.PEM)


def _may_sign() -> x509.KeyUsage:
    others = (
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(
        digital_signature=True, content_commitment=True, **dict.fromkeys(others, False)
    )


def _read(content: bytes, password: bytes | None) -> Certificate:
    try:
        if _PEM in content:
            own, *issuers = x509.load_pem_x509_certificates(content)
            key = serialization.load_pem_private_key(content, password)
            return Certificate(own=own, key=key, issuers=tuple(issuers))
        found = pkcs12.load_pkcs12(content, password)
    except (ValueError, TypeError) as error:
        raise CertificateUnusableError(str(error)) from error
    if found.cert is None or found.key is None:
        raise CertificateUnusableError("it holds no certificate with its key")
    others = tuple(each.certificate for each in found.additional_certs)
    return Certificate(own=found.cert.certificate, key=found.key, issuers=others)
