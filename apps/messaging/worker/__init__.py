"""The worker process: dispatch and receipts for every connector, tasks, and signs of life.

    main thread            starts the others, beats, notices new and changed connectors
    n dispatch threads     per connector: `messaging.dispatching`
    1 receipts thread      per connector: `messaging.receipts`; one worker of all asks a carrier
    1 listener             wakes the dispatch threads on NOTIFY `messaging_queued`
    1 task thread          Procrastinate's worker with its schedules

Workers know nothing of each other: leases, SKIP LOCKED and an advisory lock share the work among
any number of them on any number of machines. Every thread survives a restart of the database and
of the carrier. On SIGTERM each finishes the round in hand.
"""

from apps.messaging.worker.supervisor import Worker

__all__ = ["Worker"]
