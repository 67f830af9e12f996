"""Which addresses take a secret or send a mail, what each takes of, and what a failure is called.

`AttemptMiddleware` asks here before such a page's view runs. A test fails on an address of the
sign-in pages that stands in no list.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from allauth.account.internal.stagekit import unstash_login
from allauth.account.utils import filter_users_by_username
from django.http import HttpRequest, HttpResponse

from apps.audit.choices import SecurityEventKind as Kind
from apps.audit.security import Occurrence
from apps.common.addresses import client_address, counted
from apps.common.counters import Share
from apps.users import devices, limits
from apps.users.models import User


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Whom an attempt is about: an account, or a name that belongs to none."""

    id: int | None = None
    name: str = ""

    @property
    def subject(self) -> str:
        """Return what limits count the person as."""
        return f"user {self.id}" if self.id else f"name {self.name.upper()}"

    @property
    def shown(self) -> str:
        """Return the name for the log: what is no account's may be a password, typed too early."""
        return self.name if self.id or not self.name else f"{self.name[:2]}•••"


NOBODY = Person()


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A page that takes a secret or sends a mail.

    Attributes:
        failed: what is logged when the attempt was not right; None where nothing can be wrong.
    """

    person: Callable[[HttpRequest], Person]
    shares: Callable[[HttpRequest, Person], list[Share]]
    failed: Kind | None
    methods: Collection[str] = ("POST",)


# Where a form says that the secret itself was wrong, rather than what else was filled in.
SECRET_FIELDS = frozenset({"__all__", "oldpassword", "password", "code", "credential"})


@dataclass(kw_only=True, slots=True)
class Attempt:
    """One attempt that is under way."""

    door: Door
    person: Person
    shares: list[Share] = field(default_factory=list)
    was_right: bool = False


def was_wrong(attempt: Attempt, response: HttpResponse) -> bool:
    """Tell whether an attempt that was not right counts: a new password that is too short does not."""
    if attempt.door is not _AGAIN:
        return True
    form = (getattr(response, "context_data", None) or {}).get("form")
    return form is None or not SECRET_FIELDS.isdisjoint(form.errors)


def named(request: HttpRequest) -> Person:
    """Return whom the typed name means, found as the log-in finds them."""
    name = request.POST.get("login", "").strip()[:150].replace("\0", "")
    user = filter_users_by_username(name).order_by("pk").first() if name else None
    return Person(id=user.pk, name=user.username) if user else Person(name=name)


def half_signed_in(request: HttpRequest) -> Person:
    """Return who gave the right password and is asked for the second factor."""
    login = unstash_login(request, peek=True)
    return _of(login.user) if login and login.user else NOBODY


def signed_in(request: HttpRequest) -> Person:
    """Return who is signed in."""
    return _of(request.user) if isinstance(request.user, User) else NOBODY


def occurrence(
    request: HttpRequest, kind: Kind, person: Person | None = None, detail: str = ""
) -> Occurrence:
    """Tell of a security event in a request; by whoever is signed in, unless it is another."""
    who = person or signed_in(request)
    return Occurrence(
        kind=kind,
        person_id=who.id,
        person=who.shown,
        address=client_address(request),
        agent=request.headers.get("User-Agent", ""),
        detail=detail,
    )


def mailbox(request: HttpRequest) -> Person:
    """Return whose mailbox was typed; whether it is anybody's is not looked up."""
    return Person(name=_typed_mailbox(request))


def _typed_mailbox(request: HttpRequest) -> str:
    return request.POST.get("email", "").strip().casefold()[:254]


def _of(user: User) -> Person:
    return Person(id=user.pk, name=user.username)


def _device(request: HttpRequest, person: Person) -> str | None:
    return devices.id_of(request, person.id) if person.id else None


def _by_address(request: HttpRequest) -> str:
    return counted(client_address(request))


def _sign_in(request: HttpRequest, person: Person) -> list[Share]:
    return limits.sign_in(
        person=person.subject, address=_by_address(request), device=_device(request, person)
    )


def _second_factor(request: HttpRequest, person: Person) -> list[Share]:
    return limits.second_factor(
        person=person.subject, address=_by_address(request), device=_device(request, person)
    )


def _again(_request: HttpRequest, person: Person) -> list[Share]:
    return limits.signed_in(person=person.subject) if person.id else []


def _reset(request: HttpRequest, _person: Person) -> list[Share]:
    return limits.reset(mailbox=_typed_mailbox(request), address=_by_address(request))


def _mail(request: HttpRequest, person: Person) -> list[Share]:
    if not {"action_add", "action_send"} & request.POST.keys():
        return []
    return limits.mail(person=person.subject, mailbox=_typed_mailbox(request))


def _link(request: HttpRequest, _person: Person) -> list[Share]:
    page = request.resolver_match.view_name if request.resolver_match else ""
    return limits.link(page=page, address=_by_address(request))


_AGAIN = Door(person=signed_in, shares=_again, failed=Kind.CHECK_FAILED)
_LINK = Door(person=signed_in, shares=_link, failed=None, methods=("GET", "POST"))
DOORS = {
    "account_login": Door(person=named, shares=_sign_in, failed=Kind.LOGIN_FAILED),
    "mfa_authenticate": Door(
        person=half_signed_in, shares=_second_factor, failed=Kind.FACTOR_FAILED
    ),
    "account_reauthenticate": _AGAIN,
    "mfa_reauthenticate": _AGAIN,
    "mfa_reauthenticate_webauthn": _AGAIN,
    "account_change_password": _AGAIN,
    "account_set_password": _AGAIN,
    "account_reset_password": Door(person=mailbox, shares=_reset, failed=Kind.RESET_ASKED),
    "account_reset_password_from_key": _LINK,
    "account_confirm_login_code": _LINK,
    "account_confirm_email": _LINK,
    "account_email": Door(person=signed_in, shares=_mail, failed=None),
}


def begun(request: HttpRequest) -> Attempt | None:
    """Return the attempt that a request is, None where it is none."""
    match = request.resolver_match
    door = DOORS.get(match.view_name) if match else None
    if door is None or request.method not in door.methods:
        return None
    person = door.person(request)
    return Attempt(door=door, person=person, shares=door.shares(request, person))
