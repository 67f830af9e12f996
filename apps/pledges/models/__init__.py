"""Security pledges (信息安全保障责任书) of partners' customers (agreement clause 6(9)).

A pledge is filled in, printed from a published template, signed and stamped on paper, handed in,
judged, and then holds for its validity. Every submission is a round of its own, kept with what was
handed in and decided.
"""

from apps.pledges.models.pledges import (
    Pledge,
    PledgeQuerySet,
    form_path,
    signed_copy_path,
)
from apps.pledges.models.rounds import PledgeRound, PledgeRoundQuerySet
from apps.pledges.models.templates import PledgeTemplate, PledgeTemplateQuerySet

__all__ = [
    "Pledge",
    "PledgeQuerySet",
    "PledgeRound",
    "PledgeRoundQuerySet",
    "PledgeTemplate",
    "PledgeTemplateQuerySet",
    "form_path",
    "signed_copy_path",
]
