"""`/customers`: the end customers of the key's partner."""

from dataclasses import replace

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from apps.api import blame, reach
from apps.api.base import ok
from apps.api.customers import answers, bodies
from apps.api.managed import ManagedView
from apps.api.schema import CURSOR, IDEMPOTENCY_KEY, LIMIT, REQUEST_ID, problems
from apps.partners.services import customers

CUSTOMER_ID = OpenApiParameter(
    "customer_id", str, OpenApiParameter.PATH, description="The customer's id."
)
AT_FAULT = {
    "customer_exists": "name",
    "customer_code_missing": "credit_code",
    "customer_code_fixed": "credit_code",
    "credit_code_invalid": "credit_code",
}


class CustomersView(ManagedView):
    """The customers that the key reaches."""

    @extend_schema(
        operation_id="list_customers",
        summary="List customers, the newest first",
        parameters=[LIMIT, CURSOR, REQUEST_ID],
        responses={
            (200, "application/json"): answers.CustomerList,
            **problems(401, 403, 422, 503),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """List customers, the closed ones too."""
        return self.page(request, reach.customers(self.key), answers.Customer.show)

    @extend_schema(
        operation_id="enter_customer",
        summary="Enter a customer",
        parameters=[IDEMPOTENCY_KEY, REQUEST_ID],
        request=bodies.CustomerBody,
        responses={
            (201, "application/json"): answers.Customer,
            **problems(400, 401, 403, 409, 413, 415, 422, 503),
        },
    )
    def post(self, _request: Request) -> HttpResponse:
        """Enter a customer; names and company codes are unique within the partner."""
        self.check_live()
        reach.check_own(self.key)
        asked = bodies.CustomerBody.of(self.plain)

        def perform() -> dict[str, object]:
            with blame.fields(AT_FAULT):
                made = customers.create(
                    partner=self.key.account.partner,
                    particulars=customers.Particulars(**asked.given()),
                    by=self.actor,
                )
            return answers.Customer.show(made)

        return self.once(perform, status=201)


class CustomerView(ManagedView):
    """One customer."""

    http_method_names = ["get", "head", "patch"]

    @extend_schema(
        operation_id="get_customer",
        summary="Get a customer",
        parameters=[CUSTOMER_ID, REQUEST_ID],
        responses={
            (200, "application/json"): answers.Customer,
            **problems(401, 403, 404, 503),
        },
    )
    def get(self, _request: Request, customer_id: str) -> HttpResponse:
        """Return a customer."""
        row = reach.found(reach.customers(self.key), reach.CUSTOMER, customer_id)
        return ok(answers.Customer.show(row))

    @extend_schema(
        operation_id="change_customer",
        summary="Change a customer's particulars",
        parameters=[CUSTOMER_ID, REQUEST_ID],
        request=bodies.CustomerChange,
        responses={
            (200, "application/json"): answers.Customer,
            **problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
        },
    )
    def patch(self, _request: Request, customer_id: str) -> HttpResponse:
        """Change particulars; the company code, once given, stays."""
        self.check_live()
        row = reach.found(reach.customers(self.key), reach.CUSTOMER, customer_id)
        reach.check_own(self.key)
        asked = bodies.CustomerChange.of(self.plain)
        with blame.fields(AT_FAULT):
            changed = customers.edit(
                customer_id=row.pk,
                particulars=replace(customers.Particulars.of(row), **asked.given()),
                by=self.actor,
            )
        return ok(answers.Customer.show(changed))
