"""Forms that are carried out once, however often they are sent.

Every form carries a key that was made when its page was drawn (`templatetags.form_keys`). What a
form led to is stored under its key in the transaction of the work itself: either both are there
or neither. Of two posts at the same moment the second waits for the first's commit, and then leads
where the first led. What was refused is not kept: the form may be mended and sent again.

A form without a key, such as one of a page that was open while a new version was installed, is
carried out as it comes: refusing it would lose what somebody typed, and the key guards against a
double click, not against its sender.
"""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from apps.common import idempotency
from apps.common.models import SentForm

FIELD = "form_key"
KEPT_FOR = timedelta(days=7)
KEY_BYTES = 18  # 24 characters, which nobody guesses
_NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}
Said = tuple[int, str, str]  # level, text and tags of a message
_V = TypeVar("_V", bound=Callable[..., Any])


@dataclass(slots=True)
class Sending:
    """A form while it is carried out: whose and which, and what its view says came of it."""

    person_id: int
    form: bytes
    content: bytes
    at: datetime
    made: str = ""
    leads_to: str = ""
    says: str = ""


def new_key() -> str:
    """Return a key for a form that is drawn now."""
    return secrets.token_urlsafe(KEY_BYTES)


def goes_on(view: _V) -> _V:
    """Mark a view whose form is sent again and again on purpose, as a draft that keeps itself.

    It asks `made_before` what the form made the first time, and tells `remember` then.
    """
    view.form_goes_on = True  # type: ignore[attr-defined]
    return view


def carries_out_many(view: _V) -> _V:
    """Mark a view that does many things, each in a transaction of its own and by its state once.

    In one transaction they would wait for each other's rows in whatever order they were chosen.
    """
    view.form_is_of_many = True  # type: ignore[attr-defined]
    return view


def sending_of(request: HttpRequest, view: Callable[..., Any], at: datetime) -> Sending | None:
    """Return the form that is sent; None where it is carried out as it comes."""
    if request.method != "POST" or hasattr(view, "form_is_of_many"):
        return None
    key, person_id = request.POST.get(FIELD, ""), request.user.pk
    if person_id is None or not idempotency.is_key(key):
        return None
    form = idempotency.fingerprint(request.path, key.encode())
    return Sending(person_id=person_id, form=form, content=_content(request), at=at)


@transaction.atomic
def carry_out(
    request: HttpRequest, sending: Sending, view: Callable[[], HttpResponse], *, goes_on: bool
) -> HttpResponse:
    """Do what a form asks for, or lead to what it led to before.

    Whatever the view raises undoes everything, and the form may be sent again.
    """
    idempotency.hold(sending.form.hex(), scope=sending.person_id)
    kept = SentForm.objects.filter(person_id=sending.person_id, form=sending.form).first()
    if kept is not None and not goes_on:
        return _led_again(request, sending, kept)
    sending.made = kept.made if kept is not None else ""
    request.form_sending = sending  # type: ignore[attr-defined]
    response = view()
    leads_to = sending.leads_to or response.headers.get("HX-Redirect") or _address(response)
    said = [(int(messages.WARNING), sending.says, "")] if sending.says else _said(request)
    if leads_to and not goes_on and not any(level >= messages.ERROR for level, _t, _tags in said):
        _keep(sending, leads_to=leads_to, says=said)
    return response


def shows_once(request: HttpRequest, *, leads_to: str, says: str) -> None:
    """Say where a form leads when it is sent again, and what is said there.

    For a view that answers with what is shown this once and kept nowhere, such as a password.
    """
    sending = _sending(request)
    if sending is not None:
        sending.leads_to, sending.says = leads_to, says


def made_before(request: HttpRequest) -> str:
    """Return what `remember` was told of this form; empty where it made nothing yet."""
    sending = _sending(request)
    return sending.made if sending is not None else ""


def remember(request: HttpRequest, made: object) -> None:
    """Keep what a form made that goes on being sent, such as the draft that it fills."""
    sending = _sending(request)
    if sending is not None and not sending.made:
        sending.made = str(made)
        _keep(sending)


def forget_old(*, at: datetime) -> None:
    """Delete what was kept long enough for every page that may still be open."""
    SentForm.objects.filter(sent_at__lt=at - KEPT_FOR).delete()


def _sending(request: HttpRequest) -> Sending | None:
    return getattr(request, "form_sending", None)


def _keep(sending: Sending, *, leads_to: str = "", says: Sequence[Said] = ()) -> None:
    SentForm.objects.create(
        person_id=sending.person_id,
        form=sending.form,
        content=sending.content,
        made=sending.made,
        leads_to=leads_to,
        says=list(says),
        sent_at=sending.at,
    )


def _led_again(request: HttpRequest, sending: Sending, kept: SentForm) -> HttpResponse:
    for level, text, tags in kept.says:
        messages.add_message(request, level, text, tags)
    if bytes(kept.content) == sending.content:
        messages.info(request, _("The form arrived more than once. It was carried out once."))
    else:
        messages.warning(
            request,
            _(
                "This form was sent before. What was changed in it since was not done: open the "
                "page again for that."
            ),
        )
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(kept.leads_to)
    return HttpResponseRedirect(kept.leads_to)


def _content(request: HttpRequest) -> bytes:
    """Return a digest of what was filled in; of a file its name and size."""
    values = [
        (name, *request.POST.getlist(name)) for name in request.POST if name not in _NOT_CONTENT
    ]
    files = [
        (name, file.name, file.size)
        for name in request.FILES
        for file in request.FILES.getlist(name)
    ]
    return hashlib.sha256(repr((sorted(values), sorted(files))).encode()).digest()


def _address(response: HttpResponse) -> str:
    """Return where an answer leads; nowhere, where somebody else is asked to sign in."""
    is_redirect = 300 <= response.status_code < 400
    address = response.headers.get("Location", "") if is_redirect else ""
    return "" if address.startswith(str(settings.LOGIN_URL)) else address


def _said(request: HttpRequest) -> list[Said]:
    """Return what the view said, which the next page shows."""
    # Django's own way to read them marks them as shown.
    told = messages.get_messages(request)._queued_messages  # type: ignore[union-attr]  # noqa: SLF001
    return [(each.level, str(each.message), each.extra_tags) for each in told]
