"""Enter the first people of the gateway, when there is nobody yet who could approve them."""

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.audit.actors import Actor
from apps.common.errors import DomainError
from apps.users.choices import StaffRole
from apps.users.services import staff


class Command(BaseCommand):
    """`manage.py enrol_staff chen.jing --role ADMINISTRATOR --family-name 陈 --given-name 静`."""

    help = (
        "Enter one of the first people of the staff, without a second person; the record says so. "
        "Refused once two people can decide about log-ins: then it is done in the admin."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare who it is."""
        parser.add_argument("username")
        parser.add_argument("--role", required=True, choices=StaffRole.values)
        parser.add_argument("--family-name", required=True)
        parser.add_argument("--given-name", required=True)
        parser.add_argument("--email", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the first password, which is kept nowhere."""
        try:
            user, password = staff.enrol_at_the_server(
                username=options["username"],
                first_name=options["given_name"],
                last_name=options["family_name"],
                role=StaffRole(options["role"]),
                email=options["email"],
                by=Actor(kind="system", label=f"server: {getpass.getuser()}"),
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user.username}: {password}")
