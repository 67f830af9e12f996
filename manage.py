#!/usr/bin/env python
"""Django's command line, with the embedded PostgreSQL brought up first where it is used."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    from config.database import ensure_database

    ensure_database(sys.argv)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
