"""Secrets at rest: sealed with AES-256-GCM, so that whoever reads the database alone reads none.

A sealed text is `sealed:<key>:<nonce and ciphertext>`: it names the key that opens it. Keys come
from `settings.SEALING_SECRETS` and, last, `SECRET_KEY`: the first seals, all of them open, so a
secret can be replaced while texts sealed before it are still read. The purpose is authenticated with the text: what was
sealed for one is refused where another is asked for.
"""

import base64
import binascii
import os
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_MARK = "sealed"
_KEY_BYTES = 32
_NAME_BYTES = 4
_NONCE_BYTES = 12  # What GCM is made for (NIST SP 800-38D, 8.2.1); random, so below 2³² a key.


class UnsealError(Exception):
    """A text cannot be opened: no secret given seals like this, or it was tampered with."""


def seal(text: str, *, purpose: str) -> str:
    """Encrypt a text for a purpose, with the newest secret."""
    name, key = _newest()
    nonce = os.urandom(_NONCE_BYTES)
    box = nonce + AESGCM(key).encrypt(nonce, text.encode(), purpose.encode())
    return f"{_MARK}:{name}:{base64.b64encode(box).decode()}"


def unseal(sealed: str, *, purpose: str) -> str:
    """Decrypt what was sealed for the purpose.

    Raises:
        UnsealError: it was sealed with a secret that is not given, for something else, or changed.
    """
    mark, name, encoded = [*sealed.split(":", 2), "", ""][:3]
    key = _keys().get(name)
    if mark != _MARK or key is None:
        raise UnsealError(f"none of the secrets given seals as {name!r}")
    try:
        box = base64.b64decode(encoded, validate=True)
        opened = AESGCM(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], purpose.encode())
    except (InvalidTag, ValueError, binascii.Error) as error:
        raise UnsealError("the sealed text was changed, or is another purpose's") from error
    return opened.decode()


def is_sealed(text: str) -> bool:
    """Tell whether a text was made by `seal`, with whatever secret."""
    return text.startswith(f"{_MARK}:")


def is_sealed_with_newest(text: str) -> bool:
    """Tell whether a text needs no sealing anew once the older secrets are gone."""
    return text.startswith(f"{_MARK}:{_newest()[0]}:")


def _newest() -> tuple[str, bytes]:
    return next(iter(_keys().items()))


def _keys() -> dict[str, bytes]:
    return _derived((*settings.SEALING_SECRETS, settings.SECRET_KEY))


@lru_cache(maxsize=8)
def _derived(secrets: Sequence[str]) -> dict[str, bytes]:
    """Return the key of each secret under its name, newest first."""
    drawn = [
        HKDF(
            algorithm=SHA256(), length=_KEY_BYTES + _NAME_BYTES, salt=None, info=b"sealing"
        ).derive(secret.encode())
        for secret in secrets
    ]
    return {both[_KEY_BYTES:].hex(): both[:_KEY_BYTES] for both in drawn}
