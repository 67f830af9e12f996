from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UsersConfig(AppConfig):
    name = "apps.users"

    def ready(self) -> None:
        """Listen to what allauth tells of; let every app register what takes two people."""
        from apps.users import signals  # noqa: F401, PLC0415 - it needs the models

        autodiscover_modules("proposing")
