"""`/pledges`: customers' security pledges, filled in, printed, their signed copies handed in."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from apps.api import blame, multipart, reach
from apps.api.base import ok
from apps.api.managed import ManagedView
from apps.api.pledges import answers, bodies
from apps.api.schema import CURSOR, IDEMPOTENCY_KEY, LIMIT, REQUEST_ID, problems
from apps.common import clock
from apps.common.errors import InvalidRequestError, NotFoundError
from apps.partners.models import ApiKey, Customer
from apps.pledges.models import Pledge
from apps.pledges.services import applications
from apps.pledges.services.kinds import PLEDGES
from apps.reviews.services import submissions

PLEDGE_ID = OpenApiParameter("pledge_id", str, OpenApiParameter.PATH, description="Its id.")
ONE = {(200, "application/json"): answers.Pledge}
AT_FAULT = {"pledge_samples_invalid": "samples", "pledge_open": "customer"}


class PledgesView(ManagedView):
    """The pledges of the customers that the key reaches."""

    @extend_schema(
        operation_id="list_pledges",
        summary="List pledges, the newest first",
        parameters=[LIMIT, CURSOR, REQUEST_ID],
        responses={
            (200, "application/json"): answers.PledgeList,
            **problems(401, 403, 422, 503),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """List pledges with their validity and what became of them."""
        return self.page(request, reach.pledges(self.key), answers.Pledge.show)

    @extend_schema(
        operation_id="begin_pledge",
        summary="Begin a customer's pledge",
        parameters=[IDEMPOTENCY_KEY, REQUEST_ID],
        request=bodies.PledgeBody,
        responses={
            (201, "application/json"): answers.Pledge,
            **problems(400, 401, 403, 409, 413, 415, 422, 503),
        },
    )
    def post(self, _request: Request) -> HttpResponse:
        """Begin a pledge; then print its form, have it signed and stamped, and hand it in."""
        self.check_live()
        reach.check_own(self.key)
        asked = bodies.PledgeBody.of(self.plain)
        filled = {name: value for name, value in asked.given().items() if name != "customer"}
        at = clock.now()

        @transaction.atomic
        def perform() -> dict[str, Any]:
            customer = _customer(self.key, asked.customer)
            with blame.fields(AT_FAULT):
                made = applications.draft(customer=customer, by=self.actor, at=at)
                if filled:
                    made = applications.fill(**_filled(made, filled), by=self.actor)
            return answers.Pledge.show(made)

        return self.once(perform, status=201)


class PledgeView(ManagedView):
    """One pledge."""

    http_method_names = ["get", "head", "patch"]

    @extend_schema(
        operation_id="get_pledge",
        summary="Get a pledge",
        parameters=[PLEDGE_ID, REQUEST_ID],
        responses={**ONE, **problems(401, 403, 404, 503)},
    )
    def get(self, _request: Request, pledge_id: str) -> HttpResponse:
        """Return a pledge."""
        return ok(answers.Pledge.show(_found(self.key, pledge_id)))

    @extend_schema(
        operation_id="change_pledge",
        summary="Fill a pledge in otherwise",
        parameters=[PLEDGE_ID, REQUEST_ID],
        request=bodies.PledgeChange,
        responses={**ONE, **problems(400, 401, 403, 404, 409, 413, 415, 422, 503)},
    )
    def patch(self, _request: Request, pledge_id: str) -> HttpResponse:
        """Fill it in otherwise; what was printed or signed before is dropped."""
        self.check_live()
        row = _changeable(self.key, pledge_id)
        asked = bodies.PledgeChange.of(self.plain).given()
        with blame.fields(AT_FAULT):
            changed = applications.fill(**_filled(row, asked), by=self.actor)
        return ok(answers.Pledge.show(changed))


class PledgeFormView(ManagedView):
    """The form to be signed and stamped."""

    @extend_schema(
        operation_id="download_pledge_form",
        summary="Download the printed form",
        parameters=[PLEDGE_ID, REQUEST_ID],
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            **problems(401, 403, 404, 422, 503),
        },
    )
    def get(self, _request: Request, pledge_id: str) -> HttpResponse:
        """Return the PDF as it was printed last."""
        row = _found(self.key, pledge_id)
        if not row.form:
            raise applications.PledgeNotPrintedError
        with row.form.open("rb") as printed:
            answer = HttpResponse(printed.read(), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{row.number}.pdf"'
        return answer

    @extend_schema(
        operation_id="print_pledge_form",
        summary="Print the form to be signed and stamped",
        parameters=[PLEDGE_ID, IDEMPOTENCY_KEY, REQUEST_ID],
        request=None,
        responses={**ONE, **problems(401, 403, 404, 409, 422, 503)},
    )
    def post(self, _request: Request, pledge_id: str) -> HttpResponse:
        """Make the PDF from the newest wording; the one that still fits is kept."""
        self.check_live()
        row = _changeable(self.key, pledge_id)
        return self.once(
            lambda: answers.Pledge.show(
                applications.print_form(pledge_id=row.pk, by=self.actor, at=clock.now())
            )
        )


class SignedCopyView(ManagedView):
    """The signed and stamped form, scanned."""

    http_method_names = ["post"]

    @extend_schema(
        operation_id="add_signed_copy",
        summary="Add the signed and stamped form",
        parameters=[PLEDGE_ID, IDEMPOTENCY_KEY, REQUEST_ID],
        request={multipart.MULTIPART: bodies.SignedCopy},
        responses={**ONE, **problems(400, 401, 403, 404, 409, 413, 415, 422, 503)},
    )
    def post(self, _request: Request, pledge_id: str) -> HttpResponse:
        """Add the scan, in place of an earlier one: PDF, JPEG or PNG of at most 10 MB."""
        form = self.form()
        row = _changeable(self.key, pledge_id)
        asked = bodies.SignedCopy.read(form.values)

        def perform() -> dict[str, Any]:
            with blame.fields(AT_FAULT):
                changed = applications.attach_signed_copy(
                    pledge_id=row.pk, file=asked.file, by=self.actor
                )
            return answers.Pledge.show(changed)

        return self.once(perform, told_by=form.told_by)


class PledgeSubmissionView(ManagedView):
    """Handing a pledge in."""

    http_method_names = ["post"]

    @extend_schema(
        operation_id="submit_pledge",
        summary="Hand a pledge in",
        parameters=[PLEDGE_ID, IDEMPOTENCY_KEY, REQUEST_ID],
        request=None,
        responses={**ONE, **problems(401, 403, 404, 409, 422, 503)},
    )
    def post(self, _request: Request, pledge_id: str) -> HttpResponse:
        """Hand it in, also again after a refusal."""
        self.check_live()
        row = _changeable(self.key, pledge_id)
        return self.once(
            lambda: answers.Pledge.show(
                submissions.hand_in(PLEDGES, row.pk, by=self.actor, at=clock.now())
            )
        )


def _found(key: ApiKey, pledge_id: str) -> Pledge:
    return reach.found(reach.pledges(key), reach.PLEDGE, pledge_id)


def _changeable(key: ApiKey, pledge_id: str) -> Pledge:
    row = _found(key, pledge_id)
    reach.check_own(key)
    return row


def _customer(key: ApiKey, public_id: str) -> Customer:
    try:
        return reach.found(reach.customers(key), reach.CUSTOMER, public_id)
    except NotFoundError as error:
        why = [_("There is no such customer.")]
        raise InvalidRequestError(errors={"customer": why}) from error


def _filled(pledge: Pledge, asked: dict[str, Any]) -> dict[str, Any]:
    stands = {
        "audience": pledge.audience,
        "consent": pledge.consent,
        "samples": pledge.samples,
    }
    return {"pledge_id": pledge.pk, **stands, **asked}
