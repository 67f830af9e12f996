"""`/signatures`: applications for the account's signatures, their papers, their submission."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from apps.api import blame, multipart, reach
from apps.api.base import ok
from apps.api.managed import ManagedView
from apps.api.schema import CURSOR, IDEMPOTENCY_KEY, LIMIT, REQUEST_ID, problems
from apps.api.signatures import answers, bodies
from apps.common import clock
from apps.common.clock import local_date
from apps.common.errors import InvalidRequestError
from apps.partners.models import ApiKey
from apps.reviews.services import submissions
from apps.signatures import queries
from apps.signatures.choices import Source, Use
from apps.signatures.models import AuthorisationLetter, Signature
from apps.signatures.particulars import FIELDS, Particulars
from apps.signatures.services import applications, proofs
from apps.signatures.services.kinds import SIGNATURES

SIGNATURE_ID = OpenApiParameter(
    "signature_id", str, OpenApiParameter.PATH, description="The signature's id."
)
ONE = {(200, "application/json"): answers.Signature}
AT_FAULT = {
    "signature_text_invalid": "text",
    "signature_exists": "text",
    "signature_text_fixed": "text",
    "signature_id_tail_invalid": "operator_id_tail",
    "signature_letter_unfit": "letter",
    "credit_code_invalid": "company_code",
    "proof_type_unfit": "type",
    "proof_validity_missing": "valid_until",
    "proof_expired": "valid_until",
    "proof_exists": "file",
}


class SignaturesView(ManagedView):
    """The signatures of the key's account."""

    @extend_schema(
        operation_id="list_signatures",
        summary="List signatures and applications, the newest first",
        parameters=[LIMIT, CURSOR, REQUEST_ID],
        responses={
            (200, "application/json"): answers.SignatureList,
            **problems(401, 403, 422, 503),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """List signatures with their papers and what became of them."""
        policy, today = queries.policy(), local_date(clock.now())
        return self.page(
            request,
            reach.signatures(self.key),
            lambda row: answers.signature(row, policy=policy, today=today),
        )

    @extend_schema(
        operation_id="apply_for_signature",
        summary="Begin an application for a signature",
        parameters=[IDEMPOTENCY_KEY, REQUEST_ID],
        request=bodies.SignatureBody,
        responses={
            (201, "application/json"): answers.Signature,
            **problems(400, 401, 403, 409, 413, 415, 422, 503),
        },
    )
    def post(self, _request: Request) -> HttpResponse:
        """Begin an application; add its papers, then submit it."""
        self.check_live()
        asked = bodies.SignatureBody.of(self.plain)
        at = clock.now()

        def perform() -> dict[str, Any]:
            with blame.fields(AT_FAULT):
                made = applications.draft(
                    account_id=self.key.account_id,
                    text=asked.text,
                    source=asked.source,
                    use=asked.use,
                    letter_id=_letter_id(self.key, asked.letter),
                    particulars=_particulars({}, asked.given()),
                    by=self.actor,
                    at=at,
                )
            return _shown(self.key, made.pk, at)

        return self.once(perform, status=201)


class SignatureView(ManagedView):
    """One signature."""

    http_method_names = ["get", "head", "patch", "delete"]

    @extend_schema(
        operation_id="get_signature",
        summary="Get a signature with its papers and what became of it",
        parameters=[SIGNATURE_ID, REQUEST_ID],
        responses={**ONE, **problems(401, 403, 404, 503)},
    )
    def get(self, _request: Request, signature_id: str) -> HttpResponse:
        """Return a signature."""
        return ok(_shown(self.key, _found(self.key, signature_id).pk, clock.now()))

    @extend_schema(
        operation_id="change_signature",
        summary="Write an application otherwise",
        parameters=[SIGNATURE_ID, REQUEST_ID],
        request=bodies.SignatureChange,
        responses={**ONE, **problems(400, 401, 403, 404, 409, 413, 415, 422, 503)},
    )
    def patch(self, _request: Request, signature_id: str) -> HttpResponse:
        """Change what is stated; also of a signature that holds, to renew it."""
        self.check_live()
        row = _found(self.key, signature_id)
        asked = bodies.SignatureChange.of(self.plain).given()
        letter_id = row.letter_id
        if "letter" in asked:
            letter_id = _letter_id(self.key, asked["letter"])
        with blame.fields(AT_FAULT):
            applications.edit(
                signature_id=row.pk,
                text=asked.get("text", row.text),
                source=asked.get("source", Source(row.source)),
                use=asked.get("use", Use(row.use)),
                letter_id=letter_id,
                particulars=_particulars({name: getattr(row, name) for name in FIELDS}, asked),
                by=self.actor,
            )
        return ok(_shown(self.key, row.pk, clock.now()))

    @extend_schema(
        operation_id="give_signature_up",
        summary="Give a signature up, or an application for one",
        parameters=[SIGNATURE_ID, REQUEST_ID],
        responses={**ONE, **problems(401, 403, 404, 409, 503)},
    )
    def delete(self, _request: Request, signature_id: str) -> HttpResponse:
        """Give it up for good; sends with it end, and it stays to be read."""
        self.check_live()
        row, at = _found(self.key, signature_id), clock.now()
        applications.abandon(signature_id=row.pk, by=self.actor, at=at)
        return ok(_shown(self.key, row.pk, at))


class ProofsView(ManagedView):
    """The papers of an application."""

    http_method_names = ["post"]

    @extend_schema(
        operation_id="add_proof",
        summary="Add a paper to an application",
        parameters=[SIGNATURE_ID, IDEMPOTENCY_KEY, REQUEST_ID],
        request={multipart.MULTIPART: bodies.ProofBody},
        responses={
            (201, "application/json"): answers.Proof,
            **problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
        },
    )
    def post(self, _request: Request, signature_id: str) -> HttpResponse:
        """Add a PDF, JPEG or PNG of at most 10 MB; it is cleaned before it is kept."""
        form = self.form()
        row = _found(self.key, signature_id)
        asked = bodies.ProofBody.read(form.values)

        def perform() -> dict[str, Any]:
            with blame.fields(AT_FAULT):
                added = proofs.add(
                    signature_id=row.pk,
                    proof_type=asked.type,
                    file=asked.file,
                    valid_until=asked.valid_until,
                    by=self.actor,
                    at=clock.now(),
                )
            return answers.Proof.show(added)

        return self.once(perform, status=201, told_by=form.told_by)


class SignatureSubmissionView(ManagedView):
    """Handing an application in."""

    http_method_names = ["post"]

    @extend_schema(
        operation_id="submit_signature",
        summary="Hand an application in",
        parameters=[SIGNATURE_ID, IDEMPOTENCY_KEY, REQUEST_ID],
        request=None,
        responses={**ONE, **problems(401, 403, 404, 409, 422, 503)},
    )
    def post(self, _request: Request, signature_id: str) -> HttpResponse:
        """Hand it in: the first time, after a refusal, or to renew what holds."""
        self.check_live()
        row, at = _found(self.key, signature_id), clock.now()

        def perform() -> dict[str, Any]:
            submissions.hand_in(SIGNATURES, row.pk, by=self.actor, at=at)
            return _shown(self.key, row.pk, at)

        return self.once(perform)


class SignatureUrgeView(ManagedView):
    """Asking for a decision."""

    http_method_names = ["post"]

    @extend_schema(
        operation_id="urge_signature",
        summary="Ask for a decision on an application",
        parameters=[SIGNATURE_ID, IDEMPOTENCY_KEY, REQUEST_ID],
        request=None,
        responses={**ONE, **problems(401, 403, 404, 409, 422, 503)},
    )
    def post(self, _request: Request, signature_id: str) -> HttpResponse:
        """Remind the reviewers: a working hour after submission, and hourly from then on."""
        self.check_live()
        row, at = _found(self.key, signature_id), clock.now()

        def perform() -> dict[str, Any]:
            submissions.urge(SIGNATURES, row.pk, by=self.actor, at=at)
            return _shown(self.key, row.pk, at)

        return self.once(perform)


def _found(key: ApiKey, signature_id: str) -> Signature:
    return reach.found(reach.signatures(key), reach.SIGNATURE, signature_id)


def _shown(key: ApiKey, pk: int, at: datetime) -> dict[str, Any]:
    row = reach.signatures(key).get(pk=pk)
    return answers.signature(row, policy=queries.policy(), today=local_date(at))


def _particulars(stated: dict[str, Any], asked: dict[str, Any]) -> Particulars:
    merged = stated | {name: asked[name] for name in FIELDS if name in asked}
    samples = tuple(merged.pop("sample_texts", ()))
    return Particulars(sample_texts=samples, **merged)


def _letter_id(key: ApiKey, order_number: str) -> int | None:
    if not order_number:
        return None
    letters = AuthorisationLetter.objects.filter(partner=key.account.partner_id)
    letter = letters.filter(order_number=order_number).first()
    if letter is None:
        raise InvalidRequestError(errors={"letter": [_("There is no such letter.")]})
    return letter.pk
