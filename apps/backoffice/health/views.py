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
OK = "ok"


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """Say that the process answers; asks nobody else."""
    return JsonResponse({"status": OK})


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Say whether requests can be served: database, migrations and a worker seen lately."""
    checks = _results()
    is_ready = all(result == OK for result in checks.values())
    return JsonResponse(
        {"status": OK if is_ready else "unavailable", "checks": checks},
        status=200 if is_ready else 503,
    )


def _results() -> dict[str, str]:
    """Check one after another, up to the first for which the database cannot be asked."""
    results = dict.fromkeys(CHECKS, "not checked")
    for name, check in CHECKS.items():
        try:
            results[name] = check()
        except DatabaseError as error:
            logger.warning("not_ready", check=name, reason=str(error).strip())
            results[name] = "cannot be asked"
            break
    return results


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def _migrations() -> str:
    count = len(migrations_state.unapplied())
    return f"{count} not applied" if count else OK


def _worker() -> str:
    is_seen = heartbeats.is_worker_seen_lately(at=clock.now())
    return OK if is_seen else "none seen lately"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "worker": _worker,
}
