"""A state has one tone, and what is shown as somebody's business is declared by its app."""

import pytest

from apps.agreements.choices import AgreementStatus
from apps.common import tones
from apps.common.admin.columns import state
from apps.common.tones import Tone
from apps.messaging.choices import MessageStatus


@pytest.mark.parametrize(
    ("shown", "tone"),
    [
        (MessageStatus.DELIVERED, Tone.GOOD),
        (MessageStatus.UNDELIVERED, Tone.BAD),
        (AgreementStatus.DRAFT, Tone.NEUTRAL),
        ("waiting", Tone.WAITING),
        ("unheard of", Tone.NEUTRAL),
    ],
)
def test_a_state_has_the_tone_that_its_app_declared(shown, tone):
    assert tones.tone_of(shown) == tone


def test_refuses_a_second_tone_for_the_same_state():
    with pytest.raises(ValueError, match="DELIVERED"):
        tones.declare(bad=[MessageStatus.DELIVERED])


def test_lists_of_the_admin_colour_a_state_alike_and_leave_a_draft_without():
    labels = state().label

    assert labels[MessageStatus.DELIVERED] == "success"
    assert labels[AgreementStatus.DRAFT] == ""
