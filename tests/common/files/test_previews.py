"""Pages are drawn once, kept for a while, and never more than fit."""

import io
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from PIL import Image

from apps.common.confined.errors import WorkFailedError
from apps.common.files import previews
from apps.common.files.kinds import KeptFile
from tests.common.confined.limits import hold
from tests.common.uploads import pdfs
from tests.factories import files

pytestmark = pytest.mark.usefixtures("disk")


@pytest.fixture(autouse=True)
def drawn(settings, tmp_path):
    """Keep drawn pages in a directory of the test's own, and return it."""
    settings.PREVIEWS_ROOT = tmp_path / "previews"
    return settings.PREVIEWS_ROOT


def kept(content, ending="pdf", content_type="application/pdf"):
    storage = storages["default"]
    name = storage.save(f"papers/a.{ending}", ContentFile(content))
    return KeptFile(
        row=None, title="执照", about=None, name=name, storage=storage, content_type=content_type
    )


def size_of(png):
    return Image.open(io.BytesIO(png), formats=["PNG"]).size


class TestPages:
    def test_of_a_pdf_are_counted(self):
        assert previews.page_count(kept(files.pdf(pages=3).getvalue())) == 3

    def test_of_an_image_are_one(self):
        assert previews.page_count(kept(files.jpeg().getvalue(), "jpg", "image/jpeg")) == 1

    def test_of_a_pdf_are_drawn_as_large_as_the_frame(self):
        png = previews.page(kept(files.pdf(pages=2).getvalue()), 2)

        width, height = size_of(png)
        assert (width, height) == (previews.WIDTH, pytest.approx(previews.HEIGHT, abs=2))

    def test_of_a_large_photo_are_made_to_fit(self):
        photo = io.BytesIO()
        Image.new("RGB", (4000, 3000)).save(photo, "JPEG")

        png = previews.page(kept(photo.getvalue(), "jpg", "image/jpeg"), 1)

        assert size_of(png) == (1240, 930)

    @pytest.mark.parametrize("number", [0, 2, 999])
    def test_that_are_not_there_are_missed(self, number):
        with pytest.raises(previews.PageMissingError):
            previews.page(kept(files.pdf().getvalue()), number)

    def test_that_cannot_be_drawn_fail(self, settings):
        endless = kept(pdfs.never_drawn())
        hold(settings, "draw_page", cpu_seconds=1)

        with pytest.raises(WorkFailedError):
            previews.page(endless, 1)


class TestKeeping:
    def test_draws_a_page_once(self, drawn):
        paper = kept(files.pdf().getvalue())
        first = previews.page(paper, 1)
        paper.storage.delete(paper.name)

        assert previews.page(paper, 1) == first

    def test_tells_files_apart(self):
        one, other = kept(files.pdf(pages=1).getvalue()), kept(files.pdf(pages=2).getvalue())

        assert [previews.page_count(each) for each in (one, other, one)] == [1, 2, 1]

    def test_lets_nobody_else_read(self, drawn):
        previews.page(kept(files.pdf().getvalue()), 1)

        [place] = drawn.glob("*/*")
        assert place.stat().st_mode & 0o077 == 0

    def test_that_grows_too_large_drops_what_was_unseen_for_longest(self, drawn):
        paper = kept(files.pdf(pages=2).getvalue())
        for number in (1, 2):
            previews.page(paper, number)
        [first] = drawn.glob("*/*/1.png")
        os.utime(first, (0, 0))

        deleted_count = previews.prune(
            most_bytes=sum(path.stat().st_size for path in drawn.glob("*/*/*")) - 1
        )

        assert deleted_count == 1
        assert not first.exists()
        assert previews.page(paper, 1)


class TestDocument:
    def test_that_cannot_be_opened_can_still_be_saved(self):
        paper = KeptFile(
            row=ContentFile(b""),
            title="执照",
            about=None,
            name="papers/lost.pdf",
            storage=storages["default"],
            content_type="application/pdf",
        )
        paper.row.pk = 7

        document = previews.document_of(paper, kind="proofs", namespace="portal")

        assert document.page_urls == ()
        assert document.download_url == "/files/proofs/7/"
