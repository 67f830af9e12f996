"""A small paper of every part, and what a reader finds in it."""

import pypdfium2

from apps.common import documents
from apps.common.documents.rendering import ROOT

TEMPLATE = ROOT / "common" / "documents" / "specimen.typ"
VALUES = {
    "title": "样张",
    "dated_at": "2026-03-02T09:00:00+08:00",
    "name": "北京青禾软件有限公司",
    "parties": [{"role": "甲方", "name": "青禾"}, {"role": "乙方", "name": "网关"}],
}


def render(**values):
    return documents.render(template=TEMPLATE, values=VALUES | values)


def pages_of(pdf):
    """Return each page's text as a reader selects it, without the blanks that set it apart."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = []
        for page in document:
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            textpage.close()
            page.close()
    return ["".join(text.replace("\u200b", "").split()) for text in texts]


def text_of(pdf):
    return "".join(pages_of(pdf))
