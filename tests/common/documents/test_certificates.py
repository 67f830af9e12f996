"""The operator's certificate, or one that the project makes for itself, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core import checks

from apps.common.documents import certificates, signing
from tests.common.documents.papers import render

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def pem():
    return certificates.self_made()


@pytest.fixture
def given_certificate(settings, tmp_path):
    """Return a function that has the operator name a certificate file."""

    def name(content, password=""):
        path = tmp_path / "certificate"
        path.write_bytes(content)
        settings.DOCUMENT_CERTIFICATE = path
        settings.DOCUMENT_CERTIFICATE_PASSWORD = password

    return name


def as_pkcs12(pem, password):
    return pkcs12.serialize_key_and_certificates(
        b"papers",
        serialization.load_pem_private_key(pem, None),
        x509.load_pem_x509_certificate(pem),
        None,
        serialization.BestAvailableEncryption(password.encode()),
    )


class TestSelfMade:
    def test_is_made_once_however_many_ask(self, settings, tmp_path):
        settings.VAR_DIR = tmp_path

        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _each: certificates.current().own, range(4)))

        assert len(set(found)) == 1
        assert [path.name for path in tmp_path.iterdir()] == [certificates.KEPT_AS]
        assert (tmp_path / certificates.KEPT_AS).stat().st_mode & 0o777 == 0o600


class TestGiven:
    def test_as_pem(self, given_certificate, pem):
        given_certificate(pem)

        assert signing.verify(signing.sign(render(), reason="签发", at=AT)).is_trusted

    def test_as_pkcs12_with_its_password(self, given_certificate, pem):
        given_certificate(as_pkcs12(pem, "口令 secret"), "口令 secret")

        assert signing.verify(signing.sign(render(), reason="签发", at=AT)).is_trusted

    @pytest.mark.parametrize("password", ["", "wrong"])
    def test_not_with_another_password(self, given_certificate, pem, password):
        given_certificate(as_pkcs12(pem, "secret"), password)

        with pytest.raises(certificates.CertificateUnusableError):
            certificates.current()


def found_by_checks(**wishes):
    return {message.id for message in checks.run_checks(**wishes) if message.id[:9] == "documents"}


class TestChecks:
    def test_warn_of_production_without_one(self, settings):
        settings.DOCUMENT_CERTIFICATE = None

        assert found_by_checks(include_deployment_checks=True) == {"documents.W001"}

    def test_say_nothing_of_it_elsewhere(self, settings):
        settings.DOCUMENT_CERTIFICATE = None

        assert found_by_checks() == set()

    def test_refuse_one_that_cannot_be_used(self, given_certificate):
        given_certificate(b"nothing")

        assert found_by_checks() == {"documents.E001"}

    def test_warn_of_one_that_has_run_out(self, given_certificate, pem, time_machine):
        given_certificate(pem)
        time_machine.move_to("2090-01-01")

        assert found_by_checks() == {"documents.W002"}
