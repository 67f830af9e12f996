"""A document is looked at page by page, with the mouse and without."""

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from tests.e2e.conftest import violations
from tests.factories import files
from tests.factories.signatures import ProofDocumentFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def document(world, settings, tmp_path, sign_in, page, live_server):
    """Show the reviewer a proof of three pages."""
    settings.PREVIEWS_ROOT = tmp_path / "previews"
    paper = ContentFile(files.pdf(pages=3).read(), name="licence.pdf")
    proof = ProofDocumentFactory(signature=world.signature, file=paper)
    sign_in(world.reviewer)
    page.goto(f"{live_server.url}/admin/files/proofs/{proof.pk}/view/")
    page.wait_for_load_state("networkidle")
    return page.locator("[data-document]")


def shown(document):
    return document.locator("[data-document-place]")


def test_turns_its_pages_by_buttons(document):
    expect(shown(document)).to_have_text("第 1 页，共 3 页")

    document.get_by_role("button", name="下一页").click()

    expect(shown(document)).to_have_text("第 2 页，共 3 页")
    expect(document.locator("figure:visible img")).to_have_js_property("naturalWidth", 1240)


def test_turns_its_pages_by_keys(document):
    document.locator("[data-document-pages]").focus()

    for key, wanted in [("ArrowRight", 2), ("End", 3), ("ArrowRight", 3), ("Home", 1)]:
        document.page.keyboard.press(key)
        expect(shown(document)).to_have_text(f"第 {wanted} 页，共 3 页")


def test_grows_and_shrinks(document):
    document.get_by_role("button", name="放大").click()
    expect(document.locator("[data-document-size]")).to_have_text("150%")

    document.locator("[data-document-pages]").focus()
    document.page.keyboard.press("-")
    expect(document.locator("[data-document-size]")).to_have_text("100%")


def test_is_open_to_everybody(document):
    assert violations(document.page) == []


def test_says_that_a_page_cannot_be_shown(document):
    document.page.route("**/pages/2.png", lambda route: route.abort())
    document.page.reload()  # its picture may have been there already

    document.get_by_role("button", name="下一页").click()

    expect(document.locator("figcaption:visible")).to_contain_text("无法显示此页")
