"""What `manage.py check` says of the certificate."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from apps.common import clock
from apps.common.documents import certificates


@register(Tags.security, deploy=True)
def certificate_is_given(**_options: Any) -> list[CheckMessage]:
    """Warn of production that signs with a certificate nobody else knows."""
    if settings.DOCUMENT_CERTIFICATE:
        return []
    return [
        Warning(
            "Papers are signed with a certificate that this portal made for itself.",
            hint="Set DOCUMENT_CERTIFICATE to the gateway's own.",
            id="documents.W001",
        )
    ]


@register(Tags.security)
def certificate_is_usable(**_options: Any) -> list[CheckMessage]:
    """Refuse a certificate that cannot be read, and warn of one that has run out."""
    if not settings.DOCUMENT_CERTIFICATE:
        return []
    try:
        certificate = certificates.current()
    except (certificates.CertificateUnusableError, OSError) as error:
        text = f"DOCUMENT_CERTIFICATE cannot be used: {error}"
        return [Error(text, hint="Check the file and its password.", id="documents.E001")]
    if certificate.own.not_valid_after_utc > clock.now():
        return []
    return [Warning("DOCUMENT_CERTIFICATE has run out.", id="documents.W002")]
