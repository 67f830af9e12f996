"""How many attempts each way in allows, and how a stranger cannot shut anybody out with them.

Counted in the database (`common.counters`): each attempt takes from its shares before anything is
checked, and one that was right gives them back, so only wrong ones count.

- **A stranger's browser** takes of three shares: this person at this address, this address, and
  this person from all strangers together. The last bounds guessing from a thousand addresses.
- **A browser in which this person has signed in before** (a signed cookie, `devices`) takes of a
  share of its own and of nothing else. So nobody who uses up the strangers' share, or the share of
  a shared address, keeps the person out; and who has no such browser at hand may ask for a new
  password by mail, which makes the browser a known one.
- **Who is signed in** and types the password or a code again takes of one share per person.
- **Mails** with a link are bounded by mailbox, so that nobody is flooded with them, and by address.
"""

from apps.common.counters import Limit, Share

_MINUTE, _HOUR = 60, 3600

PERSON_AT_ADDRESS = Limit("users.sign_in", most=5, seconds=5 * _MINUTE)
ADDRESS = Limit("users.sign_in_address", most=30, seconds=10 * _MINUTE)
PERSON_BY_STRANGERS = Limit("users.sign_in_strangers", most=30, seconds=_HOUR)
DEVICE = Limit("users.sign_in_device", most=10, seconds=10 * _MINUTE)
# A code has six digits: at this rate one is hit upon once in five years, by who has the password.
FACTOR_AT_ADDRESS = Limit("users.factor", most=5, seconds=5 * _MINUTE)
FACTOR_BY_STRANGERS = Limit("users.factor_strangers", most=20, seconds=_HOUR)
FACTOR_DEVICE = Limit("users.factor_device", most=10, seconds=10 * _MINUTE)
CODE_ONCE = Limit("users.code_once", most=1, seconds=5 * _MINUTE)
SIGNED_IN = Limit("users.signed_in", most=10, seconds=10 * _MINUTE)
RESET_AT_ADDRESS = Limit("users.reset_address", most=20, seconds=_HOUR)
MAILBOX = Limit("users.mailbox", most=3, seconds=_HOUR)
MAIL_OF_PERSON = Limit("users.mail_of_person", most=10, seconds=_HOUR)
LINK = Limit("users.link", most=20, seconds=10 * _MINUTE)


def sign_in(*, person: str, address: str, device: str | None) -> list[Share]:
    """Return what a log-in with a password takes of.

    `person` is whom the typed name means, or the name where it means nobody: a name without an
    account is limited like any other. `device` is the browser's id where it knows this person.
    """
    if device:
        return [DEVICE.of(person, device)]
    everybody = [ADDRESS.of(address)] if address else []
    return [PERSON_AT_ADDRESS.of(person, address), PERSON_BY_STRANGERS.of(person), *everybody]


def second_factor(*, person: str, address: str, device: str | None) -> list[Share]:
    """Return what a code or key after the right password takes of."""
    if device:
        return [FACTOR_DEVICE.of(person, device)]
    return [FACTOR_AT_ADDRESS.of(person, address), FACTOR_BY_STRANGERS.of(person)]


def signed_in(*, person: str) -> list[Share]:
    """Return what a password or code typed while signed in takes of."""
    return [SIGNED_IN.of(person)]


def reset(*, mailbox: str, address: str) -> list[Share]:
    """Return what asking for a mail with a link takes of."""
    return [MAILBOX.of(mailbox), RESET_AT_ADDRESS.of(address)] if mailbox else []


def mail(*, person: str, mailbox: str) -> list[Share]:
    """Return what a signed-in person who lets a mail be sent takes of."""
    return [MAILBOX.of(mailbox), MAIL_OF_PERSON.of(person)] if mailbox else []


def link(*, page: str, address: str) -> list[Share]:
    """Return what opening a mailed link to a page takes of."""
    return [LINK.of(page, address)]
