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
    begun = execute(sql.BEGIN_EPOCH, {"cluster": row[0] if row else ""}).rowcount == 1
    if begun:
        logger.info("feed_epoch_begun", cluster=row and row[0])
    return begun
