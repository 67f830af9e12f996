from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from apps.common.documents import checks  # noqa: F401 - registers them


class CommonConfig(AppConfig):
    name = "apps.common"

    def ready(self) -> None:
        """Let every app register its readers of the outbox, as the admin finds its modules."""
        autodiscover_modules("consumers")
