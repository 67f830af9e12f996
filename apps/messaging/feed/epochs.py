"""Another cluster counts its transactions anew: the feed's numbers must not go back with it."""

import structlog
from django.db import transaction

from apps.common.database import execute
from apps.messaging.feed import sql

logger = structlog.get_logger(__name__)


@transaction.atomic
def notice_another_cluster() -> bool:
    """Begin a new epoch if the database was restored, or is another server's since a failover.

    Done again, or by several machines at once, it changes nothing more.
    """
    row = execute(sql.CLUSTER, {}).fetchone()
    cluster = row[0] if row else ""
    begun = execute(sql.BEGIN_EPOCH, {"cluster": cluster}).fetchone()
    if begun and begun[0] > 1:  # the first is the migrations' own
        logger.info("feed_epoch_begun", epoch=begun[0], cluster=cluster)
    return begun is not None
