"""The test suite: the real database, quick password hashing, files in a directory of its own."""

import tempfile
from pathlib import Path

from config import env
from config.settings.base import *

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.gettempdir()) / "sms-portal-test-files"
PREVIEWS_ROOT = Path(tempfile.gettempdir()) / "sms-portal-test-previews"
DATABASES["default"]["TEST"] = {"NAME": f"test_portal{env.string('TEST_DB_SUFFIX')}"}
CONFINED_WAIT_SECONDS = 120  # many test processes share the places of one portal
# Static files are found when asked for, not all looked up for every test client.
WHITENOISE_AUTOREFRESH = True
