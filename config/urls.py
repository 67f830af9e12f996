"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from apps.backoffice.health import views as health
from apps.backoffice.site import make_ours
from apps.portal.language import views as language

make_ours()

urlpatterns = [
    path("", include("apps.portal.urls")),
    path("admin/", include("apps.backoffice.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", language.choose, name="set_language"),
    path("api/", include("apps.api.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
