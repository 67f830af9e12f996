from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ReviewsConfig(AppConfig):
    name = "apps.reviews"

    def ready(self) -> None:
        """Let every app register what of it is judged."""
        autodiscover_modules("services.kinds")
