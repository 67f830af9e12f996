"""The view that the managed ones are: a live key, each POST carried out once, lists by cursor."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from apps.api import multipart, pagination
from apps.api.base import JsonView, ok
from apps.api.once import Answered, answer_once
from apps.common import clock
from apps.partners.choices import Scope

Row = TypeVar("Row", bound=Model)


class ManagedView(JsonView):
    """Something that people judge, or that what they judge is about."""

    scope: str = Scope.MANAGE

    def form(self) -> multipart.Form:
        """Return the form that was sent, once it is clear that the key may send it."""
        self.check_live()
        return multipart.read(self.plain)

    def once(
        self,
        perform: Callable[[], dict[str, Any]],
        *,
        status: int = 200,
        told_by: bytes | None = None,
    ) -> HttpResponse:
        """Carry the request out once and answer the document that `perform` returns."""
        return answer_once(
            self.plain,
            scope=self.key.account_id,
            at=clock.now(),
            perform=lambda: Answered(status, perform()),
            told_by=told_by,
        )

    def page(
        self, request: Request, rows: QuerySet[Row], show: Callable[[Row], dict[str, Any]]
    ) -> HttpResponse:
        """Return a page of numbered rows, the newest first."""
        page = pagination.page_of(request.query_params)
        before = page.key(pagination.whole_number)
        reached = rows if before is None else rows.filter(pk__lt=before)
        shown = list(reached.order_by("-pk")[: page.limit + 1])
        return ok(pagination.answer(shown, page, key=lambda row: str(row.pk), show=show))
