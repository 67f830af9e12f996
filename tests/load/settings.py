"""The product's own settings, with one more address: the echo that sends are measured against."""

from config.settings.dev import *

ROOT_URLCONF = "tests.load.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
