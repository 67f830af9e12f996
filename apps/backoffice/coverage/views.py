"""The coverage report: on a page, and as a table for a spreadsheet."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from apps.backoffice.coverage import pages as report
from apps.backoffice.coverage.choices import TONE, Gap
from apps.backoffice.spreadsheets import csv_response
from apps.common import clock
from apps.common.forms import LineField
from apps.partners.models import Partner

PAGE_SIZE = 50


class CoverageForm(forms.Form):
    """What to look for; all of it may be left empty."""

    q = LineField(label=gettext_lazy("Search"), required=False, max_length=100)
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Partner"),
        queryset=Partner.objects.order_by("name", "pk"),
        required=False,
        empty_label=gettext_lazy("All partners"),
    )
    gap = forms.TypedChoiceField(
        choices=[("", ""), *Gap.choices],
        coerce=lambda value: Gap(int(value)),
        empty_value=None,
        required=False,
        widget=forms.HiddenInput(),
    )

    def wanted(self) -> report.Wanted:
        """Return what is asked for; what cannot be read counts as not asked."""
        self.is_valid()
        partner = self.cleaned_data.get("partner")
        return report.Wanted(
            text=self.cleaned_data.get("q", "").strip(),
            partner_id=partner.pk if partner else None,
            gap=self.cleaned_data.get("gap"),
        )


@require_GET
@staff_member_required(login_url="account_login")
@permission_required("pledges.view_pledge", raise_exception=True)
def coverage(request: HttpRequest) -> HttpResponse:
    """Show a page of the report, gaps first, with the rows of each gap counted."""
    form, today = CoverageForm(request.GET), clock.local_date(clock.now())
    wanted = form.wanted()
    page = Paginator(report.found(wanted, today=today), PAGE_SIZE).get_page(request.GET.get("page"))
    counted = report.counts(wanted, today=today)
    context = {
        **admin.site.each_context(request),
        "title": _("Coverage by pledges"),
        "form": form,
        "page": page,
        "rows": report.rows(page.object_list),
        "tabs": [
            {
                "label": gap.label,
                "count": count,
                "tone": TONE[gap],
                "is_here": wanted.gap == gap,
                "query": _query(request, gap="" if wanted.gap == gap else str(gap.value)),
            }
            for gap, count in counted.items()
        ],
        "query": _query(request),
    }
    return render(request, "backoffice/coverage/list.html", context)


@require_GET
@staff_member_required(login_url="account_login")
@permission_required("pledges.view_pledge", raise_exception=True)
def coverage_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send all rows asked for as a table."""
    today = clock.local_date(clock.now())
    rows = report.exported(CoverageForm(request.GET).wanted(), today=today)
    return csv_response(_headings(), map(_values, rows), name=f"coverage-{today:%Y%m%d}")


def _headings() -> list[str]:
    return [
        _("Gap"),
        _("Partner"),
        _("Account"),
        _("Customer"),
        _("Unified social credit code"),
        _("Signature"),
        _("State of the signature"),
        _("Pledge"),
        _("State of the pledge"),
        _("Valid from"),
        _("Valid until"),
    ]


def _values(row: report.Row) -> list[str]:
    customer, pledge = row.account.customer, row.pledge
    return [
        str(row.gap.label),
        row.account.partner.name,
        row.account.code,
        customer.name if customer else "",
        customer.credit_code if customer else "",
        row.signature,
        row.signature_status,
        pledge.number if pledge else "",
        str(pledge.get_status_display()) if pledge else "",
        str((pledge and pledge.valid_from) or ""),
        str((pledge and pledge.valid_until) or ""),
    ]


def _query(request: HttpRequest, **changed: str) -> str:
    """Write what is asked for into an address, on the first page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    for name, value in changed.items():
        asked[name] = value
    return asked.urlencode()
