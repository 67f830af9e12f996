"""Row locks of rates. Order: rate table, then its versions. Character standards stand alone."""

from django.db import connection

from apps.common.errors import NotFoundError
from apps.rates.choices import NetworkClass
from apps.rates.models import RateTable, RateVersion


def table_of_version(version_id: int) -> tuple[RateTable, RateVersion]:
    """Lock a rate table, which serialises publishing, and return it with one of its versions."""
    table = RateTable.objects.select_for_update(no_key=True).filter(versions__pk=version_id).first()
    if table is None:
        raise NotFoundError(version_id=version_id)
    return table, RateVersion.objects.get(pk=version_id)


def character_standards(network_class: NetworkClass) -> None:
    """Let nobody else set a standard of a network class until the end.

    No row stands for the class, and of two that only an exclusion constraint keeps apart each may
    wait for the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"rates.character_standards.{network_class}"],
        )
