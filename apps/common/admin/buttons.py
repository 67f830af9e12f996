"""Buttons of the admin: each asks for what one service needs, calls it, and shows what it said.

@service_action(title=_("Approve"), permission="papers.judge_paper")
def approve(self, request, paper):
    services.approve(paper_id=paper.pk, by=actor_of(request), at=clock.now())
    return _("…")
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.enums import ActionVariant
from unfold.forms import BaseDialogForm
from unfold.widgets import UnfoldAdminTextareaWidget

from apps.common import conflicts
from apps.common.admin import trail
from apps.common.admin.outcomes import ShownOnce, Text
from apps.common.admin.tables import ServiceAdmin
from apps.common.errors import DomainError
from apps.common.files.responses import told_later
from apps.common.forms import LinesField


class ConfirmForm(BaseDialogForm):
    """Nothing to fill in: the question is whether to do it."""


class ReasonForm(BaseDialogForm):
    """Why; the reason is recorded, and where it concerns a partner the partner reads it."""

    reason = LinesField(
        label=_("Reason"), max_length=200, widget=UnfoldAdminTextareaWidget({"rows": 3})
    )


# What an action does: call one service, and say in one sentence what happened. It is given the
# admin, the request, the row (None above a list) and the form's values by name.
Perform = Callable[..., Text | ShownOnce]


def tell(form: BaseForm, error: DomainError | DatabaseError) -> DomainError:
    """Show beside the field that it is about why a service refused, and return that.

    Raises:
        DatabaseError: the given error, where it is no collision.
    """
    refusal = error if isinstance(error, DomainError) else conflicts.error_of(error)
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return refusal


def service_action(
    *,
    title: Text,
    permission: str,
    form_class: type[BaseDialogForm] = ConfirmForm,
    explanation: Text = "",
    when: Callable[[Any], bool] = lambda _obj: True,
    judged: Callable[[Any, Any], object] | None = None,
    icon: str | None = None,
    variant: ActionVariant = ActionVariant.DEFAULT,
    is_dialog: bool = True,
) -> Callable[[Perform], Callable[..., HttpResponse]]:
    """Make a button of an admin method that calls a service.

    Args:
        title: what stands on the button.
        permission: who sees and may press it.
        form_class: what is asked before it is done; its cleaned values are given to the method.
        explanation: one sentence above the form.
        when: for which rows it is offered; the service decides whether it may happen.
        judged: what keeps the person at the page from doing it to a row; the dialog says it.
        icon: a Material Symbols name.
        variant: the button's colour.
        is_dialog: whether it opens over the page, or as a page of its own for long forms.
    """

    def decorator(perform: Perform) -> Callable[..., HttpResponse]:
        @wraps(perform)
        def action(
            admin: ServiceAdmin, request: HttpRequest, object_id: str | None = None
        ) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            obj = admin.row(request, object_id) if object_id else None
            judgement = judged(obj, trail.kept().actor_of(request)) if judged and obj else None
            form = form_class(
                data=request.POST or None,
                files=request.FILES or None,
                request=request,
                object_id=object_id,
            )
            refusal: DomainError | None = None
            if request.method == "POST" and form.is_valid():
                values = {
                    name: value
                    for name, value in form.cleaned_data.items()
                    if name != "_form_submitted"
                }
                try:
                    outcome = perform(admin, request, obj, **values)
                except (DomainError, DatabaseError) as error:
                    refusal = tell(form, error)
                else:
                    return admin.finish(request, obj, outcome)
            page = admin.ask(
                request, obj, form, title=title, explanation=explanation, judgement=judgement
            )
            # A dialog is drawn only from an answer of 200.
            return page if getattr(request, "htmx", False) else told_later(page, refusal)

        for name, value in {
            "needs": permission,
            "short_description": title,
            "icon": icon,
            "variant": variant,
            "attrs": {},
            "dialog": {"title": title, "description": explanation} if is_dialog else None,
            "offered_for": when,
        }.items():
            setattr(action, name, value)
        return action

    return decorator
