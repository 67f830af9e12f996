import pytest
from django.urls import reverse

from apps.users.choices import StaffRole
from tests.factories.pledges import PledgeFactory
from tests.factories.signatures import ProofDocumentFactory


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


class TestProofFile:
    def test_is_shown_with_its_type_and_never_run(self, staff):
        proof = ProofDocumentFactory()

        response = staff(StaffRole.REVIEWER).get(reverse("backoffice:proof-file", args=[proof.pk]))

        assert b"".join(response.streaming_content).startswith(b"%PDF")
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"].startswith("sandbox")
        assert "no-store" in response.headers["Cache-Control"]

    def test_that_is_not_there_is_not_found(self, staff):
        assert staff().get(reverse("backoffice:proof-file", args=[1])).status_code == 404


class TestPledgeFile:
    def test_is_shown(self, staff):
        pledge = PledgeFactory(submitted=True)

        response = staff().get(reverse("backoffice:pledge-file", args=[pledge.pk]))

        assert b"".join(response.streaming_content).startswith(b"%PDF")

    def test_without_a_copy_is_not_found(self, staff):
        pledge = PledgeFactory()

        assert staff().get(reverse("backoffice:pledge-file", args=[pledge.pk])).status_code == 404
