"""The forms of second factors: a code opens one door, once; no secret lies open in a session."""

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY

from apps.common import counters
from apps.common.counters import TooManyAttemptsError
from apps.users.limits import CODE_ONCE
from apps.users.services import factors


class _OnceForm:
    """Refuses a code that was used before, in whatever process; allauth remembers its own alone."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Return the code if it is right and new."""
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            try:
                counters.take([CODE_ONCE.of(self.user.pk, normalize_user_code(code))])
            except TooManyAttemptsError as error:
                raise get_adapter().validation_error("incorrect_code") from error
        return code


class AuthenticateOnceForm(_OnceForm, AuthenticateForm):
    """Asks for a code after the password."""


class ReauthenticateOnceForm(_OnceForm, ReauthenticateForm):
    """Asks for a code before a change of what protects the log-in."""


class SealedActivateForm(ActivateTOTPForm):
    """Sets up an authenticator app; until it is, its secret is kept in the session, sealed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session = context.request.session
        self.secret: str = factors.unseal(session[SECRET_SESSION_KEY])
        session[SECRET_SESSION_KEY] = factors.seal(self.secret)
