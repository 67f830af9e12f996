"""The admin site as ours: its sign-in, and only our own tables."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin


def make_ours() -> None:
    """Sign in through allauth, with its limits and second factor, and drop libraries' tables."""
    admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
    admin.site.empty_value_display = "—"
    for model in list(admin.site._registry):  # noqa: SLF001 - Django has no public list of them
        if not model.__module__.startswith("apps."):
            admin.site.unregister(model)
