"""Row locks of rates. Order: rate table, then its versions."""

from apps.common.errors import NotFoundError
from apps.rates.models import RateTable, RateVersion


def table_of_version(version_id: int) -> tuple[RateTable, RateVersion]:
    """Lock a rate table, which serialises publishing, and return it with one of its versions."""
    table = RateTable.objects.select_for_update(no_key=True).filter(versions__pk=version_id).first()
    if table is None:
        raise NotFoundError(version_id=version_id)
    return table, RateVersion.objects.get(pk=version_id)
