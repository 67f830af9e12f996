"""A developer's machine and `manage.py quickstart`: nothing to set, nothing leaves the machine."""

from apps.common.secrets import kept_secret
from config import env
from config.settings.base import *

DEBUG = env.boolean("DEBUG", default=False)
SECRET_KEY = env.string("SECRET_KEY") or kept_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]")
STAFF_SECOND_FACTOR_REQUIRED = env.boolean("STAFF_SECOND_FACTOR_REQUIRED", default=False)
QUICKSTART_ALLOWED = True
