"""How the staff admin looks. What stands in its navigation is `apps.backoffice.navigation`."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

# The same blue as static/css/tokens.css, lightest to darkest.
_PRIMARY = {
    "50": "#eff5ff",
    "100": "#dbe8fe",
    "200": "#bfd6fd",
    "300": "#93bafb",
    "400": "#6095f6",
    "500": "#3b74ec",
    "600": "#2459d3",
    "700": "#1d48ad",
    "800": "#1c3d8c",
    "900": "#1b366f",
    "950": "#142245",
}

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("SMS gateway"),
    "SITE_HEADER": _("SMS gateway"),
    "SITE_SUBHEADER": _("Operations"),
    "SITE_SYMBOL": "sms",
    "SITE_URL": None,
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("img/mark.svg")}
    ],
    "THEME": "light",
    "BORDER_RADIUS": "6px",
    "COLORS": {"primary": _PRIMARY},
    "STYLES": [
        lambda _request: static("css/tokens.css"),
        lambda _request: static("css/admin.css"),
    ],
    "SCRIPTS": [lambda _request: static("js/admin.js")],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": True,
    "SHOW_LANGUAGES": True,
    "DASHBOARD_CALLBACK": "apps.backoffice.views.home.dashboard",
    "ACCOUNT": {
        "navigation": [
            {"title": _("Change password"), "link": reverse_lazy("account_change_password")},
            {"title": _("Second factor"), "link": reverse_lazy("mfa_index")},
        ]
    },
    "SIDEBAR": {
        "show_search": False,
        "command_search": False,
        "show_all_applications": False,
        "navigation": "apps.backoffice.navigation.navigation",
    },
}
