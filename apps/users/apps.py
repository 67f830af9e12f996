from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "apps.users"

    def ready(self) -> None:
        """Listen to what allauth tells of."""
        from apps.users import signals  # noqa: F401, PLC0415 - it needs the models
