"""What is not hostile is kept, looks as it did, and tells nothing about who made it."""

import hashlib
import io

import pytest
from PIL import Image
from pypdf import PdfReader

from apps.common import uploads
from apps.common.files import drawing
from tests.common.uploads import images, pdfs
from tests.common.uploads.images import JPEG, PNG, saved, seal
from tests.common.uploads.pdfs import PDF
from tests.factories import files

RED, WHITE = (255, 0, 0), (255, 255, 255)


def inspect(sent):
    return uploads.inspect(io.BytesIO(sent))


def image_of(sent):
    return Image.open(io.BytesIO(inspect(sent).content)).convert("RGB")


def is_near(pixel, wanted):
    return all(abs(is_there - value) < 40 for is_there, value in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize(
    ("sent", "content_type", "extension"),
    [
        (PDF, "application/pdf", "pdf"),
        (JPEG, "image/jpeg", "jpg"),
        (PNG, "image/png", "png"),
        (images.two_photos_in_one(), "image/jpeg", "jpg"),
    ],
    ids=["pdf", "jpeg", "png", "two photos in one"],
)
def test_keeps_what_opens(sent, content_type, extension):
    upload = inspect(sent)

    assert (upload.content_type, upload.extension) == (content_type, extension)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"])
def test_keeps_the_colours_of_every_kind_of_scan(mode):
    image = image_of(saved(seal(mode), "JPEG" if mode == "CMYK" else "PNG"))

    assert image.size == (60, 40)
    assert is_near(image.getpixel((50, 30)), WHITE)
    if mode not in {"1", "L", "LA"}:
        assert is_near(image.getpixel((5, 5)), RED)


def test_keeps_the_shade_of_sixteen_bits():
    [shade, *_same] = image_of(saved(Image.new("I;16", (4, 4), 0x8000), "PNG")).getpixel((0, 0))

    assert 126 <= shade <= 130


def test_keeps_the_first_of_several_pictures():
    assert image_of(images.animated()).getpixel((5, 5)) == RED


def test_keeps_a_progressive_photo():
    assert is_near(image_of(saved(seal(), "JPEG", progressive=True)).getpixel((5, 5)), RED)


def test_keeps_what_is_seen_through():
    sent = saved(Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "PNG")

    assert Image.open(io.BytesIO(inspect(sent).content)).getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [
        (1, (60, 40), (5, 5)),
        (3, (60, 40), (55, 35)),
        (6, (40, 60), (35, 5)),
        (8, (40, 60), (5, 55)),
    ],
    ids=["upright", "on its head", "on its left side", "on its right side"],
)
def test_turns_a_photo_upright(kind, orientation, size, corner):
    image = image_of(images.with_exif(kind, orientation))

    assert image.size == size
    assert is_near(image.getpixel(corner), RED)


def test_keeps_the_size_of_a_photo_about_as_it_was():
    sent = saved(Image.effect_noise((600, 600), 90).convert("RGB"), "JPEG", quality=20)

    assert len(inspect(sent).content) < len(sent) * 1.2


@pytest.mark.parametrize("made", [pdfs.with_filled_field, lambda: pdfs.SCANNED])
def test_keeps_what_is_seen_of_a_pdf(made):
    content = inspect(made()).content
    _found, png = drawing.draw_page(
        content, content_type="application/pdf", number=1, width=595, height=842
    )

    assert is_near(Image.open(io.BytesIO(png)).convert("RGB").getpixel((50, 790)), RED) or is_near(
        Image.open(io.BytesIO(png)).convert("RGB").getpixel((50, 50)), RED
    )


def test_keeps_every_page():
    upload = inspect(files.pdf(pages=50).getvalue())

    assert upload.page_count == len(PdfReader(io.BytesIO(upload.content)).pages) == 50


class TestDigests:
    def test_recognise_the_same_file(self):
        assert inspect(PNG).sha256 == inspect(PNG).sha256 == hashlib.sha256(PNG).hexdigest()

    def test_tell_other_files_apart(self):
        assert inspect(PNG).sha256 != inspect(files.png("red").getvalue()).sha256

    def test_are_also_had_of_what_is_stored(self):
        upload = inspect(PNG)

        assert upload.stored_sha256 == hashlib.sha256(upload.content).hexdigest()

    def test_of_what_is_stored_do_not_change_from_one_time_to_the_next(self):
        assert inspect(pdfs.SCANNED).stored_sha256 == inspect(pdfs.SCANNED).stored_sha256


class TestNames:
    @pytest.mark.parametrize(
        ("sent", "shown"),
        [
            ("营业执照.PDF", "营业执照.png"),
            ("C:\\Users\\wang\\扫描 (2).jpeg", "扫描 (2).png"),
            ("a\u202egpj.exe", "agpj.png"),
            ("licence", "licence.png"),
            ("...", "file.png"),
            (None, "file.png"),
        ],
    )
    def test_are_shown_without_path_and_tricks(self, sent, shown):
        file = io.BytesIO(PNG)
        file.name = sent

        assert uploads.inspect(file).name == shown
