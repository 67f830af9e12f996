"""Numbers of work orders: readable, by day, none missing.

`QM20260302-0007` is the seventh application for a signature handed in on 2 March 2026 (签名; SQ for
授权书, ZR for 责任书). The counter is raised in the transaction that uses the number, so that one
that fails leaves no gap; those of one kind wait for each other for that moment.
"""

from datetime import datetime

from apps.common.clock import local_date
from apps.reviews import locks


def next_number(prefix: str, at: datetime) -> str:
    """Return the next number of the day in Asia/Shanghai, inside the caller's transaction."""
    counter = locks.order_counter(prefix, local_date(at))
    counter.last += 1
    counter.save(update_fields=["last"])
    return str(counter)
