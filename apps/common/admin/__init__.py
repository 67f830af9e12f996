"""What the admin pages of all apps share, and the pages of the tables that `common` itself has.

    tables      tables that are looked at and changed by services alone, logs, plain settings
    buttons     a button that asks for what one service needs, calls it, and shows what it said
    outcomes    what a button says when it is done
    columns     columns that many lists have
    trail       who changed what and why, answered by the app that keeps the history

`special_days` and `deliveries` are pages of our own.
"""

from apps.common.admin import deliveries, special_days

__all__ = ["deliveries", "special_days"]
