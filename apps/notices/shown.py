"""Notices as a page shows them: in words, with the way to what they are about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from apps.notices.models import Notice
from apps.notices.texts import Text, text_of


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownNotice:
    """A notice in the active language; `url` is empty where its subject has no page here."""

    notice: Notice
    text: Text
    url: str

    @property
    def pk(self) -> int:
        """The notice's own key, by which lists are paged."""
        return self.notice.pk


def in_words(notices: Iterable[Notice], *, pages: Mapping[str, str]) -> list[ShownNotice]:
    """Put notices into words; `pages` names the address of each kind of subject, by its id."""
    return [
        ShownNotice(
            notice=notice, text=text_of(notice.event, notice.params), url=_address(notice, pages)
        )
        for notice in notices
    ]


def _address(notice: Notice, pages: Mapping[str, str]) -> str:
    name = pages.get(notice.subject_kind)
    if name is None:
        return ""
    try:
        return reverse(name, args=[notice.subject_id])
    except NoReverseMatch:
        return ""
