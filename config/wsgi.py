"""The WSGI application; Granian or Gunicorn serve it."""

import os

from django.core.wsgi import get_wsgi_application

from apps.common import incoming, serving
from apps.common.requests import Utf8Request
from config.database import ensure_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
serving.allow_connections()
portal = get_wsgi_application()
portal.request_class = Utf8Request
application = incoming.bounded(portal)
ensure_database()
