"""The same-day clock: the money whose clock runs, and every time it ran out."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from apps.backoffice.same_day import pages as reading
from apps.backoffice.spreadsheets import csv_response
from apps.common import clock
from apps.common.templatetags.formats import local_time
from apps.recharges.queries import money as queries

RUNNING_SHOWN = 50
BREACHES_SHOWN = 50
EXPORTED_AT_ONCE = 500
_MONTH = "%Y-%m"


@require_GET
@staff_member_required(login_url="account_login")
@permission_required("recharges.view_bankentry", raise_exception=True)
def same_day(request: HttpRequest) -> HttpResponse:
    """Show what is due first, then the breaches, all or of a month."""
    at, month = clock.now(), _month(request)
    page = Paginator(reading.running_entries(), RUNNING_SHOWN).get_page(request.GET.get("page"))
    late = Paginator(reading.late_credits(month), BREACHES_SHOWN).get_page(request.GET.get("late"))
    context = {
        **admin.site.each_context(request),
        "title": _("Same-day clock"),
        "totals": reading.totals(at),
        "cut_off": queries.policy().cut_off,
        "page": page,
        "rows": reading.running(page.object_list, at=at),
        "late": late,
        "breaches": list(reading.breaches(late.object_list, at=at)),
        "may_approve": request.user.has_perm("recharges.view_recharge"),
        **_months(month, today=clock.local_date(at)),
    }
    return render(request, "backoffice/same_day/list.html", context)


@require_GET
@staff_member_required(login_url="account_login")
@permission_required("recharges.view_bankentry", raise_exception=True)
def same_day_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send the breaches that are asked for as a table."""
    at, month = clock.now(), _month(request)
    rows = reading.late_credits(month).iterator(chunk_size=EXPORTED_AT_ONCE)
    name = f"late-credits-{month.strftime(_MONTH) if month else 'all'}"
    return csv_response(_headings(), _values(reading.breaches(rows, at=at)), name=name)


def _headings() -> list[str]:
    return [
        _("To be credited by"),
        _("Settled at"),
        _("Late by, minutes of working time"),
        _("Found at"),
        _("Received at"),
        _("Payer"),
        _("Amount, yuan"),
        _("Bank account"),
        _("Bank's serial number"),
        _("State"),
        _("Noticed at"),
    ]


def _values(breaches: Iterator[reading.Breach]) -> Iterator[list[str]]:
    for breach in breaches:
        entry = breach.late.bank_entry
        yield [
            local_time(breach.late.due_at),
            local_time(breach.settled_at) if breach.settled_at else "",
            str(breach.minutes_late),
            local_time(entry.found_at),
            local_time(entry.received_at),
            entry.payer,
            str(entry.amount_yuan),
            entry.bank_account,
            entry.serial,
            str(entry.get_status_display()),
            local_time(breach.late.noticed_at),
        ]


def _month(request: HttpRequest) -> date | None:
    """Return the first day of the month asked for; what cannot be read counts as not asked."""
    try:
        return datetime.strptime(request.GET.get("month", ""), _MONTH).date()  # noqa: DTZ007 - a day
    except ValueError:
        return None


def _months(chosen: date | None, *, today: date) -> dict[str, Any]:
    """Return the breaches of this month, of all, and of each month that has any, as links."""
    counted = reading.breaches_by_month()
    this_month = today.replace(day=1)
    return {
        "month": chosen,
        "this_month": this_month,
        "this_month_count": dict(counted).get(this_month, 0),
        "all_count": sum(count for _first, count in counted),
        "months": counted,
    }
