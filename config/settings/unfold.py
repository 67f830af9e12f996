"""How the staff admin looks. What stands in its navigation is `apps.backoffice.navigation`."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

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
    # From static/css/theme.css: unfold would write them into every page, which the policy forbids.
    "COLORS": lambda _request: {},
    "STYLES": [
        lambda _request: static("css/theme.css"),
        lambda _request: static("css/tokens.css"),
        lambda _request: static("css/buttons.css"),
        lambda _request: static("css/admin.css"),
    ],
    "SCRIPTS": [
        "apps.backoffice.alpine.views.address",
        lambda _request: static("js/htmx-strict.js"),
        lambda _request: static("js/alpine.js"),
        lambda _request: static("js/admin.js"),
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": True,
    "SHOW_LANGUAGES": True,
    "DASHBOARD_CALLBACK": "apps.backoffice.home.views.dashboard",
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
