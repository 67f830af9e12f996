"""Issuing, revoking and recognising API keys."""

import ipaddress
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError, ForbiddenError, UnauthenticatedError
from apps.partners.choices import KeyMode, Scope
from apps.partners.models import Account, ApiKey, ApiKeyGenerator

MAX_LIVE_KEYS = 2
PREFIX_LENGTH = len("sk_live_") + 8
_VERIFIER = ApiKeyGenerator(KeyMode.LIVE)


class InvalidKeyError(UnauthenticatedError):
    """No such key, or it has expired."""

    code = "invalid_key"
    message = _("This API key is not known or has expired.")
    cure = _("Compare the key with the one you stored; make a new one if in doubt.")


class RevokedKeyError(UnauthenticatedError):
    """The key was revoked."""

    code = "revoked_key"
    message = _("This API key was revoked. Use a newer one of the account.")
    cure = _("Put a usable key of the account into your software.")


class IpNotAllowedError(ForbiddenError):
    """The key may not be used from this address."""

    code = "ip_not_allowed"
    message = _("This API key may not be used from %(address)s.")
    cure = _(
        "Call from one of the key's networks, or let the owner make a key that includes yours."
    )


class ScopeMissingError(ForbiddenError):
    """The key may not be used for this."""

    code = "scope_missing"
    published = ("scope",)
    message = _("This API key lacks the scope %(scope)s.")
    cure = _("Let the owner make a key that may do this.")


class TooManyKeysError(ConflictError):
    """An account has at most two usable keys of a mode, so that one can be rotated."""

    code = "too_many_keys"
    message = _("The account has %(most)s usable keys already. Revoke one first.")
    cure = _("Revoke a key that is not used any more, then make the new one.")


@transaction.atomic
def issue(
    *,
    account: Account,
    name: str,
    mode: KeyMode,
    by: Actor,
    scopes: Sequence[str] = tuple(Scope.values),
    allowed_networks: Sequence[str] = (),
) -> tuple[ApiKey, str]:
    """Make a key; return it and the text that is shown this once.

    Raises:
        TooManyKeysError: two usable ones of this mode exist.
    """
    Account.objects.select_for_update().get(pk=account.pk)
    if account.api_keys.filter(mode=mode, revoked=False).count() >= MAX_LIVE_KEYS:
        raise TooManyKeysError(most=MAX_LIVE_KEYS)
    networks = [str(ipaddress.ip_network(network)) for network in allowed_networks]
    with act("api_keys.issue", by=by):
        key = ApiKey(
            account=account,
            name=name,
            mode=mode,
            scopes=list(scopes),
            allowed_networks=networks,
        )
        plain = ApiKey.objects.assign_key(key)
        key.save()
    return key, plain


@transaction.atomic
def revoke(*, key: ApiKey, by: Actor, reason: str = "") -> ApiKey:
    """End a key for good; software that still uses it is told `revoked_key`."""
    with act("api_keys.revoke", by=by, reason=reason):
        key.revoked = True
        key.save(update_fields=["revoked"])
    return key


def prefix_of(plain: str) -> str:
    """Return the public part of a key as sent, by which its row is found."""
    return plain[:PREFIX_LENGTH]


def exists(prefix: str) -> bool:
    """Tell whether there is a key with this public part, usable or not."""
    return ApiKey.objects.filter(prefix=prefix).exists()


def check(
    *,
    plain: str,
    hashed: str,
    revoked: bool,
    expires_at: datetime | None,
    allowed_networks: Sequence[str],
    address: str,
    at: datetime,
) -> None:
    """Refuse a key that is not the one stored, or may not be used now or from there.

    Raises:
        InvalidKeyError: the secret differs, or the key has expired.
        RevokedKeyError: it was revoked.
        IpNotAllowedError: the address is in none of its networks.
    """
    if not _VERIFIER.verify(plain, hashed):
        raise InvalidKeyError
    check_use(
        revoked=revoked,
        expires_at=expires_at,
        allowed_networks=allowed_networks,
        address=address,
        at=at,
    )


def check_use(
    *,
    revoked: bool,
    expires_at: datetime | None,
    allowed_networks: Sequence[str],
    address: str,
    at: datetime,
) -> None:
    """Refuse a key, known to be the one stored, that may not be used now or from there.

    Raises:
        InvalidKeyError: it has expired.
        RevokedKeyError, IpNotAllowedError.
    """
    if expires_at is not None and expires_at <= at:
        raise InvalidKeyError
    if revoked:
        raise RevokedKeyError
    if allowed_networks and not _is_within(address, allowed_networks):
        raise IpNotAllowedError(address=address)


def _is_within(address: str, networks: Sequence[str]) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    ip = getattr(ip, "ipv4_mapped", None) or ip  # A dual-stack listener says ::ffff:203.0.113.7.
    return any(ip in ipaddress.ip_network(network) for network in networks)


def authenticate(*, plain: str, address: str, at: datetime) -> ApiKey:
    """Return the usable key that was sent.

    Raises:
        InvalidKeyError: it is not known or has expired.
        RevokedKeyError: it was revoked.
        IpNotAllowedError: it may not be used from this address.
    """
    found = ApiKey.objects.select_related("account").filter(prefix=prefix_of(plain)).first()
    key: ApiKey | None = found
    if key is None:
        raise InvalidKeyError
    check(
        plain=plain,
        hashed=key.hashed_key,
        revoked=key.revoked,
        expires_at=key.expiry_date,
        allowed_networks=key.allowed_networks,
        address=address,
        at=at,
    )
    return key
