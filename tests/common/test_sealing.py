"""Secrets at rest: read by whoever has the key, by nobody else, and after the key was replaced."""

import base64

import pytest

from apps.common import sealing
from apps.common.sealing import UnsealError

SECRET = "smpp-password"


def seal(text=SECRET, purpose="connector"):
    return sealing.seal(text, purpose=purpose)


@pytest.mark.parametrize("text", ["", "JBSWY3DPEHPK3PXP", "密码 🔑", "x" * 10_000])
def test_what_is_sealed_is_read_again(text):
    assert sealing.unseal(seal(text), purpose="connector") == text


def test_nothing_of_it_stands_in_the_sealed_text():
    sealed = seal()

    assert SECRET not in sealed
    assert SECRET.encode() not in base64.b64decode(sealed.rpartition(":")[2])


def test_the_same_text_is_never_sealed_the_same():
    assert seal() != seal()


def test_another_purpose_does_not_open_it():
    with pytest.raises(UnsealError):
        sealing.unseal(seal(), purpose="users.second_factor")


@pytest.mark.parametrize("position", range(16, 60, 7))
def test_a_changed_text_is_refused(position):
    sealed = seal()
    changed = sealed[:position] + ("A" if sealed[position] != "A" else "B") + sealed[position + 1 :]

    with pytest.raises(UnsealError):
        sealing.unseal(changed, purpose="connector")


@pytest.mark.parametrize("text", ["", "sealed", "sealed:", "sealed:00000000:", "clear", "::", "密"])
def test_what_was_never_sealed_is_refused(text):
    with pytest.raises(UnsealError):
        sealing.unseal(text, purpose="connector")


class TestRotation:
    def test_older_secrets_open_and_the_newest_seals(self, settings):
        settings.SEALING_SECRETS = ["old" * 20]
        before = seal()
        settings.SEALING_SECRETS = ["new" * 20, "old" * 20]

        assert sealing.unseal(before, purpose="connector") == SECRET
        assert not sealing.is_sealed_with_newest(before)
        assert sealing.is_sealed_with_newest(seal())

    def test_what_the_projects_key_sealed_is_read_after_a_secret_was_given(self, settings):
        before = seal()
        settings.SEALING_SECRETS = ["new" * 20]

        assert sealing.unseal(before, purpose="connector") == SECRET

    def test_a_secret_that_is_gone_opens_nothing(self, settings):
        settings.SEALING_SECRETS = ["old" * 20]
        before = seal()
        settings.SEALING_SECRETS = ["new" * 20]

        with pytest.raises(UnsealError):
            sealing.unseal(before, purpose="connector")
