"""How far a connector's receipts were fetched: its own word, kept between two pages."""

from apps.carriers.models import Connector


def get_cursor(connector_id: int) -> str:
    """Return where the next page of receipts begins; empty at the very beginning."""
    cursors = Connector.objects.filter(pk=connector_id).values_list("receipts_cursor", flat=True)
    return cursors.first() or ""


def move_cursor(connector_id: int, *, begins: str, ends: str) -> bool:
    """Move the cursor over a page, in the caller's transaction, which stores the page.

    False where another worker moved it meanwhile: what was fetched is to be left to that one.
    """
    here = Connector.objects.filter(pk=connector_id, receipts_cursor=begins)
    return here.update(receipts_cursor=ends) == 1
