"""Numbers of work orders: readable, by day, none missing.

`QM20260302-0007` is the seventh application for a signature handed in on 2 March 2026 (签名, and SQ
for 授权书). The counter is raised in the transaction of the submission, so that one that fails
leaves no gap; submissions of one kind wait for each other for that moment.
"""

from datetime import datetime

from apps.common.clock import local_date
from apps.signatures import locks

SIGNATURE = "QM"
LETTER = "SQ"


def next_number(prefix: str, at: datetime) -> str:
    """Return the next number of the day in Asia/Shanghai, inside the caller's transaction."""
    day = local_date(at)
    counter = locks.order_counter(prefix, day)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}{day:%Y%m%d}-{counter.last:04}"
