"""Character standards: replaced from a moment on (agreement clause 9)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.audit.actors import Actor
from apps.audit.acts import act
from apps.common.errors import ConflictError
from apps.rates import locks
from apps.rates.choices import NetworkClass
from apps.rates.models import CharacterStandard


class CharacterStandardOverlapError(ConflictError):
    """A standard of that network class starts at the same moment or later."""

    code = "character_standard_overlap"
    field = "starts_at"
    message = _("A standard for this network starts at that moment or later.")
    cure = _("Choose a start after that of the newest standard.")


@transaction.atomic
def replace(
    *,
    network_class: NetworkClass,
    single_characters: int,
    part_characters: int,
    starts_at: datetime,
    by: Actor,
) -> CharacterStandard:
    """Set a network class's standard from `starts_at` on; the one before it ends there.

    Raises:
        CharacterStandardOverlapError: one starts then or later.
    """
    locks.character_standards(network_class)
    standards = CharacterStandard.objects.filter(network_class=network_class)
    if standards.filter(starts_at__gte=starts_at).exists():
        raise CharacterStandardOverlapError
    with act("rates.replace_character_standard", by=by):
        for earlier in standards.filter(ends_at=None):
            earlier.ends_at = starts_at
            earlier.save(update_fields=["ends_at"])
        return CharacterStandard.objects.create(
            network_class=network_class,
            single_characters=single_characters,
            part_characters=part_characters,
            starts_at=starts_at,
        )
