"""Staff look at papers page by page or save them; a browser runs nothing of it, and it is told."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from apps.audit.models import Look
from apps.audit.queries import history_of
from apps.backoffice.files.kinds import KINDS
from apps.common import clock
from apps.users.choices import StaffRole
from tests.factories.pledges import PledgeFactory
from tests.factories.signatures import ProofDocumentFactory


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PREVIEWS_ROOT = tmp_path / "previews"


@pytest.fixture
def proof(db):
    return ProofDocumentFactory()


def download_url(kind, pk):
    return reverse("backoffice:file-download", args=[kind, pk])


def page_url(kind, pk, number=1):
    return reverse("backoffice:file-page", args=[kind, pk, number])


def view_url(kind, pk):
    return reverse("backoffice:file-view", args=[kind, pk])


def assert_runs_nothing(response):
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


class TestDownload:
    def test_gives_the_file_to_be_saved(self, staff, proof):
        response = staff(StaffRole.REVIEWER).get(download_url("proofs", proof.pk))

        assert b"".join(response.streaming_content).startswith(b"%PDF")
        assert response.headers["Content-Type"] == "application/pdf"
        name = f"proofs-{proof.pk}.pdf"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert_runs_nothing(response)

    @pytest.mark.parametrize("ending", ["html", "svg", "js", "xml", "exe", ""])
    def test_knows_no_other_types(self, staff, proof, ending):
        type(proof).objects.filter(pk=proof.pk).update(file=f"proofs/evil.{ending}".rstrip("."))

        assert staff().get(download_url("proofs", proof.pk)).status_code == 404

    def test_of_what_the_storage_lost_is_not_found(self, staff, proof):
        proof.file.storage.delete(proof.file.name)

        assert staff().get(download_url("proofs", proof.pk)).status_code == 404

    def test_of_what_has_no_file_is_not_found(self, staff):
        pledge = PledgeFactory()

        assert staff().get(download_url("pledges", pledge.pk)).status_code == 404

    @pytest.mark.parametrize("kind", sorted(KINDS))
    def test_of_what_is_not_there_is_not_found(self, staff, kind):
        assert staff().get(download_url(kind, 10**9)).status_code == 404

    def test_of_an_unknown_kind_is_not_found(self, staff):
        assert staff().get(download_url("secrets", 1)).status_code == 404


class TestPage:
    def test_is_an_image_that_we_drew(self, staff, proof):
        response = staff().get(page_url("proofs", proof.pk))

        assert response.content.startswith(b"\x89PNG")
        assert response.headers["Content-Type"] == "image/png"
        assert_runs_nothing(response)

    @pytest.mark.parametrize("number", [0, 2])
    def test_that_the_file_has_not_is_not_found(self, staff, proof, number):
        assert staff().get(page_url("proofs", proof.pk, number)).status_code == 404

    def test_that_cannot_be_drawn_is_unavailable(self, staff, proof):
        with proof.file.storage.open(proof.file.name, "wb") as file:
            file.write(b"%PDF-1.7 nonsense")

        assert staff().get(page_url("proofs", proof.pk)).status_code == 503


class TestView:
    def test_shows_every_page_and_the_way_to_save(self, staff, proof):
        page = staff().get(view_url("proofs", proof.pk)).content.decode()

        assert page_url("proofs", proof.pk) in page
        assert download_url("proofs", proof.pk) in page

    def test_of_what_cannot_be_opened_offers_to_save_it(self, staff, proof):
        proof.file.storage.delete(proof.file.name)

        page = staff().get(view_url("proofs", proof.pk)).content.decode()

        assert "data-document-page=" not in page
        assert download_url("proofs", proof.pk) in page


class TestRecord:
    def test_of_a_look_stands_in_the_history_of_the_signature(self, staff, proof):
        client = staff(StaffRole.REVIEWER)

        client.get(page_url("proofs", proof.pk))

        look = history_of(proof.signature)[0]
        assert look.actor == client.user.as_actor().label
        assert str(proof) in str(look.act)

    def test_of_turning_pages_is_one(self, staff, proof):
        client = staff()

        for _each in range(3):
            client.get(page_url("proofs", proof.pk))

        assert Look.objects.count() == 1

    def test_of_looking_again_later_is_another(self, staff, proof):
        client = staff()
        client.get(page_url("proofs", proof.pk))

        with time_machine.travel(clock.now() + timedelta(minutes=11)):
            client.get(page_url("proofs", proof.pk))

        assert Look.objects.count() == 2

    def test_of_each_person_is_their_own(self, staff, proof):
        for _each in range(2):
            staff().get(page_url("proofs", proof.pk))

        assert Look.objects.count() == 2

    def test_of_saving_is_made_each_time(self, staff, proof):
        client = staff()

        for _each in range(2):
            client.get(download_url("proofs", proof.pk)).getvalue()

        assert list(Look.objects.values_list("act", flat=True)) == ["files.download"] * 2

    def test_of_what_was_not_seen_is_not_made(self, staff, proof):
        staff().get(page_url("proofs", proof.pk, 9))

        assert not Look.objects.exists()
