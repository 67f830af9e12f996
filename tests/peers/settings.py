"""The tests' settings, with what production's say about the proxy."""

from config.settings.test import *

ALLOWED_HOSTS = ["portal.example.com"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
