"""Where messages are kept: the monthly partitions of their table."""

from apps.messaging.log.partitions import ensure_partitions

__all__ = ["ensure_partitions"]
