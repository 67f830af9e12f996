"""Production: every secret comes from the environment, and a missing one stops the start."""

from config import env
from config.settings.base import *

DEBUG = False
SECRET_KEY = env.required("SECRET_KEY", "Give a long random text of your own.")
if len(SECRET_KEY) < 50:
    env.refuse("SECRET_KEY", "is shorter than 50 characters; give a long random text of your own.")
if any(len(secret) < 50 for secret in SEALING_SECRETS):
    env.refuse("SEALING_SECRETS", "one is shorter than 50 characters; give long random texts.")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    env.refuse("ALLOWED_HOSTS", "is not set. Name the hosts, separated by commas.")
if EMBEDDED_POSTGRES is not None:
    env.refuse(
        "DATABASE_URL", "is not set. Production needs a server: postgres://user:password@host/name"
    )
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")
if not all(origin.startswith(("https://", "http://")) for origin in CSRF_TRUSTED_ORIGINS):
    env.refuse("CSRF_TRUSTED_ORIGINS", "each begins with its scheme: https://portal.example.com")
SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STAFF_SECOND_FACTOR_REQUIRED = env.boolean("STAFF_SECOND_FACTOR_REQUIRED", default=True)
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = False
STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
env.required("PORTAL_URL", "Name the address of the portal: https://portal.example.com")
env.required("EMAIL_URL", f"Name the mail server: {env.EMAIL_FORM}")
