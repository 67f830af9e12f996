"""The buttons with which an application is judged on its own page of the admin.

class LetterAdmin(ServiceAdmin):
    approve = reviews.approve(LETTERS, permission=JUDGE, explanation=_("…"))
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.enums import ActionVariant

from apps.audit.actors import actor_of
from apps.common import clock
from apps.common.admin.buttons import ReasonForm, service_action
from apps.common.admin.outcomes import Text
from apps.reviews.forms import ApprovalForm, RejectionForm
from apps.reviews.kinds import Kind
from apps.reviews.sentences import approved_sentence, rejected_sentence, revoked_sentence
from apps.reviews.services import judging

Button = Callable[..., HttpResponse]


def approve(
    kind: Kind[Any, Any],
    *,
    permission: str,
    explanation: Text,
    form_class: type[ApprovalForm] = ApprovalForm,
    terms_of: Callable[[dict[str, Any]], Any] = lambda _values: None,
) -> Button:
    """Make the button that approves what waits.

    Args:
        kind: of the applications.
        permission: who may press it.
        explanation: one sentence above the form.
        form_class: what the reviewer chooses.
        terms_of: what of the form's values the kind is approved with.
    """

    @service_action(
        title=_("Approve"),
        permission=permission,
        form_class=_of_kind(form_class, kind),
        explanation=explanation,
        icon="check",
        variant=ActionVariant.PRIMARY,
        when=_waits,
    )
    def approve(
        _admin: Any, request: HttpRequest, subject: Model, /, *, version: str, **values: Any
    ) -> str:
        approved = judging.approve(
            kind,
            subject.pk,
            by=actor_of(request),
            at=clock.now(),
            version=version,
            terms=terms_of(values),
        )
        return approved_sentence(kind.title(approved))

    return approve


def reject(kind: Kind[Any, Any], *, permission: str, explanation: Text) -> Button:
    """Make the button that refuses what waits."""

    @service_action(
        title=_("Reject"),
        permission=permission,
        form_class=_of_kind(RejectionForm, kind),
        explanation=explanation,
        icon="close",
        variant=ActionVariant.DANGER,
        when=_waits,
    )
    def reject(
        _admin: Any,
        request: HttpRequest,
        subject: Model,
        /,
        *,
        version: str,
        reasons: list[str],
        remark: str,
    ) -> str:
        refused = judging.reject(
            kind,
            subject.pk,
            reasons=reasons,
            remark=remark,
            by=actor_of(request),
            at=clock.now(),
            version=version,
        )
        return rejected_sentence(kind.title(refused))

    return reject


def revoke(kind: Kind[Any, Any], *, permission: str, explanation: Text) -> Button:
    """Make the button that ends what was approved."""

    @service_action(
        title=_("Revoke"),
        permission=permission,
        form_class=ReasonForm,
        explanation=explanation,
        variant=ActionVariant.DANGER,
        when=lambda subject: kind.can_become(subject, "REVOKED"),
    )
    def revoke(_admin: Any, request: HttpRequest, subject: Model, /, *, reason: str) -> str:
        revoked = judging.revoke(
            kind, subject.pk, by=actor_of(request), at=clock.now(), reason=reason
        )
        return revoked_sentence(kind.title(revoked))

    return revoke


def _of_kind(form_class: type[ApprovalForm], kind: Kind[Any, Any]) -> type[ApprovalForm]:
    return type(form_class.__name__, (form_class,), {"kind": kind})


def _waits(subject: Any) -> bool:
    return subject.due_at is not None
