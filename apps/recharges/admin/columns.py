"""What the pages of recharges share: how other rows, files and the clock are shown."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from apps.common.templatetags.formats import grouped
from apps.recharges.models import BankEntry, Lot, Reversal
from apps.recharges.queries import same_day

_LINK = '<a class="text-primary-600 underline" href="{}">{}</a>'
_FILE = '<a class="text-primary-600 underline" href="{}" target="_blank" rel="noopener">{}</a>'


def lines(each: Iterable[object]) -> SafeString | str:
    """Show one thing a line."""
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in each)) or "—"


def link_to(row: Model, name: object) -> SafeString:
    """Link to a row's own page."""
    page = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return format_html(_LINK, reverse(page, args=[row.pk]), name)


def file_link(kind: str, pk: int, name: str) -> SafeString:
    """Link to a kept file, shown page by page."""
    return format_html(_FILE, reverse("backoffice:file-view", args=[kind, pk]), name)


def words_of_clock(entry: BankEntry, *, at: datetime) -> str:
    """Say how much working time is left to credit it, or whether it was settled in time."""
    clock = same_day.clock_of(entry, at=at)
    return gettext("in time") if entry.settled_at and not clock.is_late else clock.words


def words_of_lot(lot: Lot) -> str:
    """Say what of a lot is left, and where."""
    return gettext("%(left)s of %(all)s left in %(account)s, %(spent)s spent") % {
        "left": grouped(lot.remaining_segments),
        "all": grouped(lot.segments),
        "account": lot.account,
        "spent": grouped(lot.spent_segments),
    }


def words_of_reversal(reversal: Reversal) -> str:
    """Say how a reversal stands, and what of it is still owed."""
    values = {"status": reversal.get_status_display(), "cause": reversal.get_cause_display()}
    if not reversal.outstanding_segments:
        return gettext("%(status)s: %(cause)s") % values
    values["owed"] = grouped(reversal.outstanding_segments)
    return gettext("%(status)s: %(cause)s, %(owed)s still owed") % values
