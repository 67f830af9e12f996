"""`/healthz` and `/readyz`, for load balancers and service managers.

Plain views: django-health-check 4.8 answers 500 where a balancer wants 503, runs its checks in an
event loop, which a WSGI server makes anew for every call, and on connections of other threads.
"""

from collections.abc import Callable

import structlog
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.common import clock, heartbeats, migrations_state

logger = structlog.get_logger(__name__)
OK, UNAVAILABLE = 200, 503


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """Say that the process answers; asks nobody else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Say whether requests can be served: database, migrations and a worker seen lately."""
    checks = {name: _result_of(check) for name, check in CHECKS.items()}
    is_ready = all(result == "ok" for result in checks.values())
    return JsonResponse(
        {"status": "ok" if is_ready else "unavailable", "checks": checks},
        status=OK if is_ready else UNAVAILABLE,
    )


def _result_of(check: Callable[[], str]) -> str:
    try:
        return check()
    except DatabaseError as error:
        logger.warning("not_ready", check=check.__name__.strip("_"), reason=str(error).strip())
        return "the database cannot be asked"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    count = len(migrations_state.unapplied())
    return f"{count} not applied" if count else "ok"


def _worker() -> str:
    is_seen = heartbeats.is_worker_seen_lately(at=clock.now())
    return "ok" if is_seen else "none seen lately"


CHECKS = {"database": _database, "migrations": _migrations, "worker": _worker}
