"""Errors as `application/problem+json` (RFC 9457): the one place that knows HTTP statuses.

Every answer that is not a success goes through here; none is an HTML page or a stack trace.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import orjson
import psycopg
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from rest_framework import exceptions

from apps.api import errors, wrong_keys
from apps.api.rejections import REJECTIONS
from apps.common import conflicts, incoming
from apps.common.errors import DomainError, NotFoundError
from apps.messaging.errors import InvalidRequestError
from apps.messaging.rules import Rejection

logger = logging.getLogger(__name__)

STATUS: dict[str, HTTPStatus] = {
    "malformed_json": HTTPStatus.BAD_REQUEST,
    "unsupported_encoding": HTTPStatus.BAD_REQUEST,
    "missing_key": HTTPStatus.UNAUTHORIZED,
    "invalid_key": HTTPStatus.UNAUTHORIZED,
    "revoked_key": HTTPStatus.UNAUTHORIZED,
    "insufficient_credit": HTTPStatus.PAYMENT_REQUIRED,
    "account_suspended": HTTPStatus.FORBIDDEN,
    "agreement_inactive": HTTPStatus.FORBIDDEN,
    "pledge_missing": HTTPStatus.FORBIDDEN,
    "ip_not_allowed": HTTPStatus.FORBIDDEN,
    "scope_missing": HTTPStatus.FORBIDDEN,
    "not_allowed": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "method_not_allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "idempotency_in_flight": HTTPStatus.CONFLICT,
    "conflict": HTTPStatus.CONFLICT,
    "collision": HTTPStatus.CONFLICT,
    "gateway_particulars_missing": HTTPStatus.CONFLICT,
    "customer_exists": HTTPStatus.CONFLICT,
    "customer_wrong_state": HTTPStatus.CONFLICT,
    "customer_code_fixed": HTTPStatus.CONFLICT,
    "customer_has_active_account": HTTPStatus.CONFLICT,
    "customer_code_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "customer_reason_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "credit_code_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "security_rules_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "pledge_wrong_state": HTTPStatus.CONFLICT,
    "pledge_open": HTTPStatus.CONFLICT,
    "pledge_form_outdated": HTTPStatus.CONFLICT,
    "pledge_urged_lately": HTTPStatus.CONFLICT,
    "pledge_wording_missing": HTTPStatus.CONFLICT,
    "pledge_wording_published": HTTPStatus.CONFLICT,
    "pledge_wording_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "pledge_samples_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "pledge_incomplete": HTTPStatus.UNPROCESSABLE_ENTITY,
    "pledge_not_printed": HTTPStatus.UNPROCESSABLE_ENTITY,
    "pledge_copy_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "pledge_period_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "pledge_reason_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "pledge_own_filing": HTTPStatus.FORBIDDEN,
    "own_application": HTTPStatus.FORBIDDEN,
    "application_changed": HTTPStatus.CONFLICT,
    "signature_exists": HTTPStatus.CONFLICT,
    "signature_text_fixed": HTTPStatus.CONFLICT,
    "signature_wrong_state": HTTPStatus.CONFLICT,
    "signature_urge_too_early": HTTPStatus.CONFLICT,
    "proof_exists": HTTPStatus.CONFLICT,
    "letter_wrong_state": HTTPStatus.CONFLICT,
    "signature_text_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "signature_particulars_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "signature_id_tail_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "signature_letter_unfit": HTTPStatus.UNPROCESSABLE_ENTITY,
    "signature_proof_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "proof_type_unfit": HTTPStatus.UNPROCESSABLE_ENTITY,
    "proof_validity_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "proof_expired": HTTPStatus.UNPROCESSABLE_ENTITY,
    "letter_period_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "letter_parties_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "letter_scope_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "letter_scan_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "too_many_wrong_keys": HTTPStatus.TOO_MANY_REQUESTS,
    "too_many_attempts": HTTPStatus.TOO_MANY_REQUESTS,
    "body_incomplete": HTTPStatus.REQUEST_TIMEOUT,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "unsupported_media_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "validation_error": HTTPStatus.UNPROCESSABLE_ENTITY,
    "signature_not_approved": HTTPStatus.UNPROCESSABLE_ENTITY,
    "no_valid_recipient": HTTPStatus.UNPROCESSABLE_ENTITY,
    "idempotency_mismatch": HTTPStatus.UNPROCESSABLE_ENTITY,
    "no_rate": HTTPStatus.NOT_FOUND,
    "below_lowest_tier": HTTPStatus.UNPROCESSABLE_ENTITY,
    "rate_tiers_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "rate_draft_changed": HTTPStatus.CONFLICT,
    "own_prices_not_open": HTTPStatus.CONFLICT,
    "different_partners": HTTPStatus.UNPROCESSABLE_ENTITY,
    "transfer_sides": HTTPStatus.UNPROCESSABLE_ENTITY,
    "transfer_quantity_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "transfer_account_closed": HTTPStatus.CONFLICT,
    "transfer_made": HTTPStatus.CONFLICT,
    "alert_threshold_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "live_key_needed": HTTPStatus.FORBIDDEN,
    "own_account_needed": HTTPStatus.FORBIDDEN,
    "malformed_form": HTTPStatus.BAD_REQUEST,
    "amount_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "remittance_day_ahead": HTTPStatus.UNPROCESSABLE_ENTITY,
    "remittance_repeated": HTTPStatus.CONFLICT,
    "recharge_own_proposal": HTTPStatus.FORBIDDEN,
    "separation": HTTPStatus.FORBIDDEN,
    "proposal_own": HTTPStatus.FORBIDDEN,
    "proposal_wrong_state": HTTPStatus.CONFLICT,
    "proposal_reason_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "second_person_needed": HTTPStatus.FORBIDDEN,
    "enough_people": HTTPStatus.CONFLICT,
    "recharge_policy_same": HTTPStatus.UNPROCESSABLE_ENTITY,
    "bank_profile_own": HTTPStatus.FORBIDDEN,
    "bank_profile_wrong_state": HTTPStatus.CONFLICT,
    "rate_own_draft": HTTPStatus.FORBIDDEN,
    "reversal_own": HTTPStatus.FORBIDDEN,
    "reversal_wrong_state": HTTPStatus.CONFLICT,
    "reversal_exists": HTTPStatus.CONFLICT,
    "reversal_not_credited": HTTPStatus.CONFLICT,
    "reversal_nothing_owed": HTTPStatus.CONFLICT,
    "recharge_reason_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "reversal_reason_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "reversal_write_off_reason_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "upload_empty": HTTPStatus.UNPROCESSABLE_ENTITY,
    "upload_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "upload_type_not_allowed": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "upload_web_page": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "upload_office_document": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "upload_other_image": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "upload_archive": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "upload_program": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "upload_disguised": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "upload_broken": HTTPStatus.UNPROCESSABLE_ENTITY,
    "upload_encrypted": HTTPStatus.UNPROCESSABLE_ENTITY,
    "upload_active_content": HTTPStatus.UNPROCESSABLE_ENTITY,
    "upload_too_complex": HTTPStatus.UNPROCESSABLE_ENTITY,
    "upload_infected": HTTPStatus.UNPROCESSABLE_ENTITY,
    "upload_not_checked": HTTPStatus.SERVICE_UNAVAILABLE,
    "files_busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "agreement_wrong_state": HTTPStatus.CONFLICT,
    "agreement_overlap": HTTPStatus.CONFLICT,
    "agreement_already_renewed": HTTPStatus.CONFLICT,
    "agreement_numbers_taken": HTTPStatus.CONFLICT,
    "agreement_copy_exists": HTTPStatus.CONFLICT,
    "agreement_copy_missing": HTTPStatus.CONFLICT,
    "agreement_term_over": HTTPStatus.CONFLICT,
    "agreement_own_draft": HTTPStatus.FORBIDDEN,
    "agreement_blanks_incomplete": HTTPStatus.UNPROCESSABLE_ENTITY,
    "agreement_first_recharge_incomplete": HTTPStatus.UNPROCESSABLE_ENTITY,
    "agreement_foreign_rate_table": HTTPStatus.UNPROCESSABLE_ENTITY,
    "agreement_period_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "agreement_reason_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "agreement_renewal_start": HTTPStatus.UNPROCESSABLE_ENTITY,
    "agreement_template_not_published": HTTPStatus.CONFLICT,
    "agreement_template_published": HTTPStatus.CONFLICT,
    "agreement_template_draft_exists": HTTPStatus.CONFLICT,
    "agreement_template_clause_exists": HTTPStatus.CONFLICT,
    "agreement_template_clause_empty": HTTPStatus.UNPROCESSABLE_ENTITY,
    "agreement_template_stray_brace": HTTPStatus.UNPROCESSABLE_ENTITY,
    "agreement_template_unknown_blank": HTTPStatus.UNPROCESSABLE_ENTITY,
    "document_unprintable_character": HTTPStatus.UNPROCESSABLE_ENTITY,
    "internal_error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
}
RETRY_AFTER_SECONDS = {
    "unavailable": 2,
    "idempotency_in_flight": 1,
    "upload_not_checked": 120,
    "files_busy": 30,
}
# What a problem document may tell of an error's data; the rest is for our own log.
PUBLISHED_DATA = ("required", "available", "scope", "signature")


def status_of(error: DomainError) -> HTTPStatus:
    """Return the HTTP status of a domain error; one without a row here is a conflict."""
    return STATUS.get(error.code, HTTPStatus.CONFLICT)


def problem(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the problem document of a domain error."""
    status = status_of(error)
    body: dict[str, Any] = {
        "type": _page_of(request, error),
        "title": status.phrase,
        "status": status.value,
        "code": error.code,
        "detail": str(error),
        "request_id": getattr(request, "request_id", ""),
        **{name: error.data[name] for name in PUBLISHED_DATA if name in error.data},
    }
    if "errors" in error.data:
        body["errors"] = error.data["errors"]
    if "rejected" in error.data:
        body["rejected"] = [rejection(item) for item in error.data["rejected"]]
    response = HttpResponse(
        orjson.dumps(body), status=status.value, content_type="application/problem+json"
    )
    retry_after = error.data.get("retry_after_seconds") or RETRY_AFTER_SECONDS.get(error.code)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    if status is HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


def _page_of(request: HttpRequest, error: DomainError) -> str:
    path = f"/api/errors/{error.code}/"
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path  # The caller wrote a host that is not ours: it gets no link to it.


def rejection(item: Rejection | dict[str, str]) -> dict[str, str]:
    """Return a rejected recipient with the reason in the request's language."""
    to, code = (item.to, item.code) if isinstance(item, Rejection) else (item["to"], item["code"])
    return {"to": to, "code": code, "detail": str(REJECTIONS.get(code, code))}


def exception_handler(exception: Exception, context: dict[str, Any]) -> HttpResponse:
    """Answer an exception of a DRF view."""
    request = context["request"]._request  # noqa: SLF001 - DRF names no other way to it
    response = answer_exception(exception, request)
    if isinstance(exception, exceptions.MethodNotAllowed):
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    return response


def answer_exception(exception: Exception, request: HttpRequest) -> HttpResponse:
    """Answer any exception; what nobody foresaw is logged and told without detail."""
    error = _as_domain_error(exception, request)
    if isinstance(error, wrong_keys.REFUSALS):
        error = wrong_keys.refuse(request, error)
    return problem(request, error)


def _as_domain_error(exception: Exception, request: HttpRequest) -> DomainError:
    if isinstance(exception, DomainError):
        return exception
    for kinds, translate in _TRANSLATIONS:
        if isinstance(exception, kinds):
            return translate(exception, request)
    logger.error("api.unforeseen", exc_info=exception)
    return errors.InternalError()


def _of_database(exception: Exception, _request: HttpRequest) -> DomainError:
    if conflicts.is_collision(exception):
        return conflicts.error_of(exception)
    logger.error("api.database_unavailable", exc_info=exception)
    return errors.UnavailableError()


_TRANSLATIONS: list[
    tuple[tuple[type[Exception], ...], Callable[[Exception, HttpRequest], DomainError]]
] = [
    ((Http404, exceptions.NotFound), lambda _e, _r: NotFoundError()),
    (
        (exceptions.MethodNotAllowed,),
        lambda _e, r: errors.MethodNotAllowedError(method=r.method),
    ),
    ((exceptions.UnsupportedMediaType,), lambda _e, _r: errors.UnsupportedMediaTypeError()),
    ((RequestDataTooBig,), lambda _e, _r: errors.TooLargeError()),
    (
        (UnreadablePostError, incoming.IncompleteError),
        lambda _e, _r: errors.BodyIncompleteError(),
    ),
    (
        (exceptions.ParseError, BadRequest, SuspiciousOperation),
        lambda e, _r: errors.MalformedJsonError(why=str(e)),
    ),
    (
        (exceptions.ValidationError,),
        lambda e, _r: InvalidRequestError(errors=getattr(e, "detail", {})),
    ),
    (
        (
            IntegrityError,
            OperationalError,
            InterfaceError,
            psycopg.OperationalError,
            psycopg.InterfaceError,
        ),
        _of_database,
    ),
]
