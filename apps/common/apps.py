from django.apps import AppConfig
from django.urls import register_converter
from django.utils.module_loading import autodiscover_modules

from apps.common.converters import RowConverter
from apps.common.documents import checks  # noqa: F401 - registers them


class CommonConfig(AppConfig):
    name = "apps.common"

    def ready(self) -> None:
        """Name the converter of our addresses; let every app register its readers of the outbox."""
        register_converter(RowConverter, "row")
        autodiscover_modules("consumers")
