"""What a page of the product may load and do in a browser: our own files, and nothing inline.

No script, style or handler inside a page runs, whoever got it there, and nothing makes code of
texts (`unsafe-eval`); what Alpine evaluates is made of the templates by `apps.backoffice.alpine`.
"""

from typing import Any

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [
            SELF,
            "data:",
        ],  # signs in stylesheets, and the code to scan for a second factor
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
