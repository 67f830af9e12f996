"""`/messages` and `/batches`."""

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from apps.api import pagination
from apps.api.base import JsonView, ok
from apps.api.fields import read_moment
from apps.api.messages import answers
from apps.api.messages.bodies import Send
from apps.api.messages.sending import answer_send
from apps.api.problems import answer_exception
from apps.api.schema import CURSOR, IDEMPOTENCY_KEY, LIMIT, REQUEST_ID, problems
from apps.carriers.rules import normalise
from apps.common import clock, ids
from apps.common.errors import InvalidRequestError
from apps.messaging import queries
from apps.messaging.choices import MessageStatus
from apps.partners.choices import Scope

STATUSES = {value.lower(): value for value in MessageStatus.values}
FILTERS = [
    OpenApiParameter("status", enum=list(STATUSES)),
    OpenApiParameter("to", OpenApiTypes.STR, description="The recipient's number."),
    OpenApiParameter("reference", OpenApiTypes.STR),
    OpenApiParameter("signature", OpenApiTypes.STR),
    OpenApiParameter("since", OpenApiTypes.DATETIME, description="Accepted then or later."),
    OpenApiParameter("until", OpenApiTypes.DATETIME, description="Accepted before then."),
]


class MessagesView(JsonView):
    """Send, and list what was sent."""

    scope = Scope.READ_MESSAGES

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a send past DRF's request, negotiation and authenticators.

        Together they take as long as the two statements of a send; the send path finds key and
        scope in its own query.
        """
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        try:
            return self.post(request)
        except Exception as error:  # noqa: BLE001 - the edge: every error is told as a problem
            return answer_exception(error, request)

    @extend_schema(
        operation_id="send",
        summary="Send one text to one or many",
        request=Send,
        parameters=[IDEMPOTENCY_KEY, REQUEST_ID],
        responses={
            (202, "application/json"): answers.SendAnswer,
            **problems(400, 401, 402, 403, 409, 413, 415, 422, 503),
        },
    )
    def post(self, request: HttpRequest) -> HttpResponse:
        """Accept a text for one or many recipients; charged and stored before the answer."""
        return answer_send(request)

    @extend_schema(
        operation_id="list_messages",
        summary="List messages, newest first",
        parameters=[*FILTERS, LIMIT, CURSOR, REQUEST_ID],
        responses={
            (200, "application/json"): answers.MessageList,
            **problems(401, 403, 422, 503),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """List the account's messages, the newest first."""
        page = pagination.page_of(request.query_params)
        rows = queries.list_messages(
            self.key.account_id,
            _filter_of(request),
            before=page.key(lambda text: uuid.UUID(hex=text)),
            limit=page.limit,
        )
        document = pagination.answer(
            rows, page, key=lambda row: row.id.hex, show=answers.Message.show
        )
        return ok(document)


class MessageView(JsonView):
    """One message."""

    scope = Scope.READ_MESSAGES

    @extend_schema(
        operation_id="get_message",
        summary="Get a message with its timeline and charge",
        parameters=[REQUEST_ID],
        responses={
            (200, "application/json"): answers.MessageDetail,
            **problems(401, 403, 404, 503),
        },
    )
    def get(self, request: Request, message_id: str) -> HttpResponse:
        """Return one message with its timeline and charge."""
        found = queries.get_message(self.key.account_id, ids.parse_public("msg", message_id))
        return ok(answers.message_detail(found, queries.receipts_of(found)))


class BatchView(JsonView):
    """One batch."""

    scope = Scope.READ_MESSAGES

    @extend_schema(
        operation_id="get_batch",
        summary="Get a batch with counts by status",
        parameters=[REQUEST_ID],
        responses={
            (200, "application/json"): answers.Batch,
            **problems(401, 403, 404, 503),
        },
    )
    def get(self, request: Request, batch_id: str) -> HttpResponse:
        """Return one batch and how many of its messages stand where."""
        found = queries.get_batch(self.key.account_id, ids.parse_public("bat", batch_id))
        return ok(answers.batch(found, queries.count_by_status(found), clock.now()))


def _filter_of(request: Request) -> queries.MessageFilter:
    """Read the filters of a list.

    Raises:
        InvalidRequestError: one of them cannot be used.
    """
    query, errors = request.query_params, {}
    status = query.get("status")
    if status is not None and status not in STATUSES:
        errors["status"] = [_("There is no such status.")]
    number = query.get("to", "")
    times: dict[str, datetime | None] = {}
    for name in ("since", "until"):
        try:
            times[name] = read_moment(query[name]) if name in query else None
        except ValueError as error:
            errors[name] = [str(error)]
    if errors:
        raise InvalidRequestError(errors=errors)
    return queries.MessageFilter(
        status=STATUSES.get(status or "", ""),
        number=normalise(number) or number[:32],
        reference=query.get("reference", ""),
        signature=query.get("signature", ""),
        **times,
    )
