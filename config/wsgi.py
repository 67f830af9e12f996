"""The WSGI application; Granian or Gunicorn serve it."""

import os

from django.core.wsgi import get_wsgi_application

from config.database import ensure_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
application = get_wsgi_application()
ensure_database()
