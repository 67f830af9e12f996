"""Papers that the portal prints: typeset from a template and values, signed, checked again.

    pdf = documents.render(template=Path(...), values={...})
    pdf = documents.signing.sign(pdf, reason="...", at=at)
    documents.signing.verify(pdf).is_intact

A template is a typst file below `apps/` that begins with `#import
"/common/documents/library.typ": *` and reads `values` from there. What people wrote reaches it as
data alone, so no text can become typst code. The fonts come with the project and are embedded, so
a paper looks the same everywhere; the same values give the same bytes.
"""

from apps.common.documents import signing
from apps.common.documents.rendering import UnprintableCharacterError, render

__all__ = ["UnprintableCharacterError", "render", "signing"]
