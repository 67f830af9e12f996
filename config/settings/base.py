"""Settings that hold everywhere. What an operator may change is read through config.env."""

import socket
from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from apps.audit.separations import RELAXABLE
from apps.common.confined.tasks import Task
from apps.common.embedded_postgres import Cluster
from config import env
from config.logging import logging_settings
from config.settings.content_policy import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from config.settings.unfold import UNFOLD as UNFOLD

PROJECT_DIR = env.PROJECT_DIR
VAR_DIR = env.var_dir()

INSTALLED_APPS = [
    "apps.common",
    "apps.audit",
    "apps.users",
    "apps.partners",
    "apps.reviews",
    "apps.carriers",
    "apps.rates",
    "apps.ledger",
    "apps.pledges",
    "apps.signatures",
    "apps.recharges",
    "apps.agreements",
    "apps.messaging",
    "apps.notices",
    "apps.api",
    "apps.portal",
    "apps.backoffice",
    "apps.demo",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_filters",
    "django_prometheus",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
    "rest_framework_api_key",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "apps.common.access_log.AccessLogMiddleware",
    "apps.common.middleware.RequestIdMiddleware",
    "apps.common.middleware.NoStoreMiddleware",
    "csp.middleware.CSPMiddleware",
    "apps.common.requests.PlainRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "apps.common.middleware.MachineMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "apps.common.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apps.common.middleware.BodyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "apps.common.requests.PlainFormMiddleware",
    "apps.users.middleware.StaffSessionMiddleware",
    "apps.users.middleware.AttemptMiddleware",
    "apps.users.middleware.RefusedPageMiddleware",
    "apps.users.middleware.StaffSecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.common.middleware.CollisionMiddleware",
    "apps.common.middleware.FormKeyMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # Takes `|safe` away from all templates, and gives every form a key; those of libraries too.
            "builtins": [
                "apps.common.templatetags.escaping",
                "apps.common.templatetags.form_keys",
                "apps.ledger.templatetags.credit",
            ],
        },
    },
]

# Forms are rendered by the same engine, under the same rule of what is escaped.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# With no DATABASE_URL the project runs a PostgreSQL of its own under var/postgres.
_SERVER = env.database_url()
_CLUSTER = Cluster(VAR_DIR / "postgres")
EMBEDDED_POSTGRES = None if _SERVER else _CLUSTER
_ADDRESS: dict[str, Any] = _SERVER or {**_CLUSTER.connection_settings(), "OPTIONS": {}}
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **_ADDRESS,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "prepare_threshold": 5,
            "connect_timeout": 5,  # a request waits no longer for a server that is away
            "options": "-c timezone=UTC",
            **_ADDRESS["OPTIONS"],
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "apps.users.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = reverse_lazy("account_login")
ACCOUNT_ADAPTER = "apps.users.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
# allauth counts in a cache of each process; `apps.users.limits` counts in the database for all.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "activate_totp": "apps.users.factor_forms.SealedActivateForm",
    "authenticate": "apps.users.factor_forms.AuthenticateOnceForm",
    "reauthenticate": "apps.users.factor_forms.ReauthenticateOnceForm",
}
MFA_ADAPTER = "apps.users.adapters.FactorAdapter"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True  # every session ends, this one too
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"reset_password": "apps.users.forms.ResetPasswordForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "SMS Portal"
# DESIGN section 8: staff must have a second factor. Production turns it on.
STAFF_SECOND_FACTOR_REQUIRED = False
STAFF_SESSION_HOURS = env.integer("STAFF_SESSION_HOURS", default=10, least=1, most=168)

# Only from these is X-Forwarded-For believed.
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PROJECT_DIR / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PROJECT_DIR / "static"]
WHITENOISE_USE_FINDERS = True
# Uploads are private: never below STATIC_ROOT, served only by views that check the right.
MEDIA_ROOT = VAR_DIR / "files"
PREVIEWS_ROOT = VAR_DIR / "previews"
STORAGES: dict[str, dict[str, Any]] = {
    "default": env.files_storage("FILES_URL"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
UPLOAD_MAX_MEGABYTES = env.integer("UPLOAD_MAX_MEGABYTES", default=10, least=1, most=100)
# What reads strangers' bytes, in processes of its own. An image of the most pixels takes 900 MB;
# a statement of the most rows takes 350 MB, and as XLSX 15 seconds.
_ANSWER_MEGABYTES = max(64, 3 * UPLOAD_MAX_MEGABYTES)  # a cleaned file is about as large as it was
CONFINED_TASKS = {
    name: Task(path=path, cpu_seconds=seconds, memory_megabytes=memory, answer_megabytes=answer)
    for name, path, seconds, memory, answer in (
        ("clean", "apps.common.uploads.cleaning.clean", 10, 1536, _ANSWER_MEGABYTES),
        ("count_pages", "apps.common.files.drawing.count_pages", 10, 1536, 1),
        ("draw_page", "apps.common.files.drawing.draw_page", 10, 1536, 16),
        ("read_statement", "apps.recharges.statements.confined.read", 30, 768, 32),
    )
}
CONFINED_ROOT = VAR_DIR / "confined" / socket.gethostname()  # locks do not reach across machines
CONFINED_PROCESSES = env.integer("CONFINED_PROCESSES", default=2, least=1, most=64)
CONFINED_WAIT_SECONDS = 10  # for a free one; then the answer is 503
CONFINED_WAITING = 10  # in one web process, of its 16 threads; the others go on answering
CLAMAV_URL = env.matching(
    "CLAMAV_URL",
    default="",
    pattern=r"(tcp://[^/:]+(:[0-9]{1,5})?|unix:///.+)?",
    form="tcp://host:3310 or unix:///run/clamav/clamd.ctl",
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Until a mail server is named, mails are files that whoever tries the portal can read.
_MAIL = env.email("EMAIL_URL", files=VAR_DIR / "mail")
EMAIL_BACKEND = _MAIL["BACKEND"]
EMAIL_FILE_PATH = _MAIL.get("FILE_PATH")
EMAIL_HOST, EMAIL_PORT = _MAIL.get("HOST", ""), _MAIL.get("PORT", 25)
EMAIL_HOST_USER = _MAIL.get("HOST_USER") or ""
EMAIL_HOST_PASSWORD = _MAIL.get("HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("USE_TLS", False), _MAIL.get("USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.string("EMAIL_FROM", default="SMS Portal <noreply@localhost>")
# Every link in a mail begins with it: what a request says of its host is the stranger's word.
_PORTAL_URL = env.matching(
    "PORTAL_URL", default="", pattern="(https?://[^/ ]+)?", form="https://portal.example.com"
)
PORTAL_URL = _PORTAL_URL or "http://localhost:8000"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["apps.api.authentication.ApiKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["apps.api.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "apps.api.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "SMS Portal REST API",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "OAS_VERSION": "3.1.0",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "Kind": "apps.api.messages.answers.KINDS",
        "Network": "apps.api.messages.answers.NETWORKS",
        "SendStatus": "apps.api.messages.answers.SEND_STATUSES",
        "BatchStatus": "apps.api.messages.answers.BATCH_STATUSES",
        "MessageStatus": "apps.api.messages.answers.STATUSES",
        "SignatureStatus": "apps.api.signatures.answers.STATUSES",
        "SignatureSource": "apps.api.signatures.answers.SOURCES",
        "SignatureUse": "apps.api.signatures.answers.USES",
        "ProofType": "apps.api.signatures.answers.PROOF_TYPES",
        "CustomerStatus": "apps.api.customers.answers.STATUSES",
        "Industry": "apps.api.customers.answers.INDUSTRIES",
        "PaymentStatus": "apps.api.recharges.answers.STATUSES",
        "RechargeStatus": "apps.api.recharges.answers.RECHARGE_STATUSES",
        "PledgeStatus": "apps.api.pledges.answers.STATUSES",
    },
}

PROCRASTINATE_IMPORT_PATHS: list[str] = []

ACCESS_LOG = env.boolean("ACCESS_LOG", default=True)
LOGGING = logging_settings(
    level=env.choice("LOG_LEVEL", default="INFO", among=("DEBUG", "INFO", "WARNING", "ERROR"))
)

# What stored secrets are sealed with, the newest first; SECRET_KEY comes last.
SEALING_SECRETS = env.names("SEALING_SECRETS")

# The business's own knobs; each has a sane default and a line in the README.
SMS_DISPATCH_LEASE_SECONDS = env.integer(
    "SMS_DISPATCH_LEASE_SECONDS", default=60, least=5, most=3600
)
SMS_ACCOUNT_CODE_PREFIX = env.matching(
    "SMS_ACCOUNT_CODE_PREFIX",
    default="TCLKJ",
    pattern="[0-9A-Za-z]{0,10}",
    form="at most 10 letters and digits",
)

# Separations of duties that a gateway of two or three people does without; every record says so.
RELAXED_SEPARATIONS = env.some_of("RELAXED_SEPARATIONS", among=RELAXABLE)

WORKING_HOURS = env.hours("WORKING_HOURS", default="09:00-12:00,13:30-18:00")
SECURITY_EVENTS_KEPT_DAYS = env.integer(
    "SECURITY_EVENTS_KEPT_DAYS", default=180, least=1, most=3650
)
OUTBOX_KEPT_DAYS = env.integer("OUTBOX_KEPT_DAYS", default=90, least=1, most=3650)

# Papers are signed with it; without one, with one that the project makes for itself.
DOCUMENT_CERTIFICATE = env.file("DOCUMENT_CERTIFICATE")
DOCUMENT_SELF_MADE_NAME = "SMS Portal, self-made certificate"
DOCUMENT_CERTIFICATE_PASSWORD = env.string("DOCUMENT_CERTIFICATE_PASSWORD")

# `manage.py quickstart` prints passwords and can empty the database: only dev settings allow it.
QUICKSTART_ALLOWED = False
