"""Kept files: private, served only by views that check the right, shown page by page.

Nothing here knows whose they are. A kind of file (`kinds.Kind`) says in which field of which model
it is named; each interface lists the kinds that it serves in a `files.py` of its own.

    storages.py  local disk or S3, neither of which gives an address to anybody
    kinds.py     which files there are, and who may see them
    drawing.py   what the confined process does: count pages, draw one
    previews.py  pages as PNG images, drawn when first looked at and kept for a while
    responses.py headers with which a browser runs nothing of it
    keeping.py   files that the product makes itself
    sweeping.py  files that no row names
"""
