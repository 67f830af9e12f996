"""What every kind of application has in common.

`Application` and `Round` are abstract: each kind has tables of its own, with real foreign keys.
Claims, counters and warnings are one table each for all kinds.
"""

from apps.reviews.models.applications import Application
from apps.reviews.models.claims import Claim
from apps.reviews.models.ends import EndWarning
from apps.reviews.models.numbers import OrderCounter
from apps.reviews.models.rounds import Round, RoundQuerySet, kept_for_good, one_waiting

__all__ = [
    "Application",
    "Claim",
    "EndWarning",
    "OrderCounter",
    "Round",
    "RoundQuerySet",
    "kept_for_good",
    "one_waiting",
]
