"""The WSGI application; Granian or Gunicorn serve it."""

import os

from django.core.wsgi import get_wsgi_application

from apps.common.requests import Utf8Request
from config.database import ensure_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
application = get_wsgi_application()
application.request_class = Utf8Request
ensure_database()
