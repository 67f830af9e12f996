"""What a send asks for."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from apps.api import fields
from apps.api.bodies import Body
from apps.api.fields import asked
from apps.common import texts
from apps.messaging.choices import Kind
from apps.messaging.rules import MAX_CHARACTERS, MAX_RECIPIENTS

MIN_VALID_SECONDS, MAX_VALID_SECONDS = 60, 259_200
DEFAULT_VALID_SECONDS = 86_400
MAX_REFERENCE = 128
MAX_NUMBER = 64
SIGNATURE_LENGTH = 32
_KINDS = tuple(Kind.values)
_EXTENSION = re.compile(r"[0-9]{0,6}")


def _to(value: Any) -> list[str]:
    recipients = [value] if isinstance(value, str) else value
    if not isinstance(recipients, list) or not all(isinstance(item, str) for item in recipients):
        raise ValueError(_("Give a number or a list of numbers, as text."))
    if not 1 <= len(recipients) <= MAX_RECIPIENTS:
        raise ValueError(_("Give 1 to %(most)s numbers.") % {"most": MAX_RECIPIENTS})
    if max(map(len, recipients)) > MAX_NUMBER:
        raise ValueError(_("A number has at most %(most)s characters.") % {"most": MAX_NUMBER})
    if "\0" in "".join(recipients):
        raise ValueError(_("The character NUL cannot be sent."))
    return recipients


def _text(value: Any) -> str:
    text = fields.check_text(value, MAX_CHARACTERS)
    if not text.strip():
        raise ValueError(_("The text is empty."))
    return text


def _signature(value: Any) -> str | None:
    """Return the bare signature that is asked for, None where the default is."""
    return fields.check_text(value, SIGNATURE_LENGTH).strip().strip("【】") or None


def _kind(value: Any) -> str:
    if value not in _KINDS:
        raise ValueError(_("One of %(choices)s.") % {"choices": ", ".join(_KINDS)})
    return str(value)


def _valid_for(value: Any) -> int:
    seconds = fields.as_whole(value)
    if seconds is None or not MIN_VALID_SECONDS <= seconds <= MAX_VALID_SECONDS:
        raise ValueError(
            _("Give whole seconds from %(least)s to %(most)s.")
            % {"least": MIN_VALID_SECONDS, "most": MAX_VALID_SECONDS}
        )
    return seconds


def _extension(value: Any) -> str:
    if not isinstance(value, str) or not _EXTENSION.fullmatch(value):
        raise ValueError(_("Give at most six digits, as text."))
    return value


def _reference(value: Any) -> str:
    reference = fields.check_text(value, MAX_REFERENCE)
    if not texts.is_line(reference):  # returned as it was given: refused, but never composed
        raise ValueError(_("Give one line of visible characters."))
    return reference


_NUMBER = fields.of_text(MAX_NUMBER, fields.NO_NUL)
_NUMBERS = {"type": "array", "minItems": 1, "maxItems": MAX_RECIPIENTS, "items": _NUMBER}
_FILLED = r"^[^\u0000]*[^\s\u0000\u001c-\u001f\u0085][^\u0000]*$"
_SECONDS = {"type": "integer", "minimum": MIN_VALID_SECONDS, "maximum": MAX_VALID_SECONDS}


class Send(Body):
    """One text to one or many."""

    to: list[str] = asked(
        _to,
        {"oneOf": [_NUMBER, _NUMBERS]},
        description="Mainland mobile or PHS numbers.",
        example=["13800138000"],
    )
    text: str = asked(
        _text,
        fields.of_text(MAX_CHARACTERS, _FILLED),
        description="Without 【】; with signature and opt-out notice at most 500 characters.",
        example="您的验证码是 314159，五分钟内有效。",
    )
    signature: str | None = asked(
        _signature,
        fields.of_text(SIGNATURE_LENGTH, fields.NO_NUL),
        default=None,
        null=True,
        description="Bare approved text; the account's default where absent.",
    )
    kind: str = asked(_kind, {"type": "string", "enum": list(_KINDS)}, default=Kind.NOTICE.value)
    send_at: datetime | None = fields.moment(
        default=None, null=True, description="At most 30 days ahead."
    )
    valid_for: int = asked(
        _valid_for,
        _SECONDS,
        default=DEFAULT_VALID_SECONDS,
        description="Seconds; past them, what was not sent expires and is refunded.",
    )
    extension: str = asked(
        _extension,
        {"type": "string", "pattern": "^[0-9]{0,6}$"},
        default="",
        description="Sub-number; comes back with inbound messages.",
    )
    reference: str | None = asked(
        _reference,
        fields.of_text(MAX_REFERENCE, fields.LINE),
        default=None,
        null=True,
        description="Your own; returned everywhere.",
    )
