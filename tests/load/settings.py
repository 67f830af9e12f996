"""The product's own settings, with one more address: the echo that sends are measured against."""

from config.settings.dev import *

ROOT_URLCONF = "tests.load.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
# The stage makes people by the hundred; nobody signs in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
