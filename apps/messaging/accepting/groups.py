"""A group of sends as the parameters of one statement, and what its answer means for each."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from apps.messaging.accepting import rows
from apps.messaging.accepting.drafts import Draft
from apps.messaging.accepting.remembering import Remembered

CHANGED = -1  # In place of the credit left: the remembered sender no longer stands.
Parameters = tuple[Any, ...]


class SendGroup:
    """Drafts that go into one statement (`sql.ACCEPT`), each account's in the order given.

    Attributes:
        drafts: what is stored, or left out account by account.
    """

    def __init__(self, drafts: Sequence[Draft], *, copied: bool = False) -> None:
        self.drafts = drafts
        self._copied = copied
        self._totals: dict[int, int] = {}
        self._entries: dict[int, int] = {}
        self._senders: dict[Remembered, int] = {}
        # What its account's sends have come to with each draft, and which of its entries that is.
        self._charged: list[int] = []
        self._places: list[int] = []
        for draft in drafts:
            self._add(draft)

    def _add(self, draft: Draft) -> None:
        account_id, charge = draft.account_id, draft.charge
        total = self._totals[account_id] = self._totals.get(account_id, 0) + charge
        place = self._entries[account_id] = self._entries.get(account_id, 0) + (charge > 0)
        self._charged.append(total)
        self._places.append(place)
        if draft.remembered is not None:
            self._senders.setdefault(draft.remembered, len(self._senders))

    def parameters(self, *, wake: bool) -> Parameters:
        """Return the statement's parameters; messages that were copied before are left out."""
        drafts = self.drafts
        return (
            _json(
                {"account_id": account_id, "total": total, "entries": self._entries[account_id]}
                for account_id, total in self._totals.items()
            ),
            _json(sender.row(place) for sender, place in self._senders.items()),
            _json(rows.batch_row(draft) for draft in drafts),
            "[]"
            if self._copied
            else _json(row for draft in drafts for row in rows.message_rows(draft)),
            _json(row for draft in drafts for row in rows.chunk_rows(draft)),
            _json(
                rows.entry_row(draft, charged=charged, place=place)
                for draft, charged, place in zip(drafts, self._charged, self._places, strict=True)
                if draft.charge
            ),
            _json(
                rows.answer_row(draft, charged=charged)
                for draft, charged in zip(drafts, self._charged, strict=True)
                if draft.key is not None
            ),
            wake,
        )

    def read(self, returned: Iterable[tuple[int | None, int | None]]) -> list[int | None]:
        """Return, for each draft, the credit left; CHANGED; or None where it must be tried alone."""
        answer = dict(returned)
        return [
            self._of(draft, charged, answer)
            for draft, charged in zip(self.drafts, self._charged, strict=True)
        ]

    def _of(self, draft: Draft, charged: int, answer: dict[int | None, int | None]) -> int | None:
        before = answer.get(draft.account_id)
        if before is not None:
            return before - charged
        if draft.remembered is not None and -1 - self._senders[draft.remembered] in answer:
            return CHANGED
        return None


def _json(listed: Iterable[dict[str, Any]]) -> str:
    return orjson.dumps(list(listed)).decode()
