"""Tasks enqueued together with the data they are about."""

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task
from procrastinate.types import JSONValue

# The running app's own connector is Django's in a web process, and a pool of its own in a worker.
# A task deferred there by a task would start before the data it is about is committed.
_MANAGER = JobManager(DjangoConnector())


def defer(task: str, **arguments: JSONValue) -> None:
    """Enqueue the task of that dotted name in the current transaction of Django's connection.

    Without a queueing lock: two transactions with the same one would wait for each other.
    """
    configure_task(name=task, job_manager=_MANAGER).defer(**arguments)
