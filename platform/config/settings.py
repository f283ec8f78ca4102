"""Settings, every one from the environment; a missing or malformed variable stops the start with its name.

`docs/operations.md` has a heading for each variable and `.env.example` a line; a test keeps the three in step.
"""

from typing import Any
from urllib.parse import urlsplit

from botocore.config import Config
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import expected
from config.environment import BASE_DIR, env
from config.limits import *  # noqa: F403
from config.limits import PAGES_AT_ONCE
from config.logs import LOGGING  # noqa: F401 - a setting of Django

# The site
SECRET_KEY = env.str("SECRET_KEY", None, expected.secret)
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("ANFITEATRO_DEMO", False)  # demo accounts with one-click sign-in, the mail shown in the browser
REHEARSAL = env.bool("ANFITEATRO_REHEARSAL", False)  # lets `room_tickets` and `rehearsal_room` make people
PORT = env.int("ANFITEATRO_PORT", 8000, 1, 65_535)  # where `config.server` listens when not told
SITE_URL = env.str("ANFITEATRO_SITE_URL", f"http://127.0.0.1:{PORT}", expected.origin)
_here = [urlsplit(SITE_URL).hostname or "", "127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", _here, expected.allowed_host)
# Full origins: scheme, host, port. This machine goes by two names.
_two = [SITE_URL, SITE_URL.replace("//127.0.0.1", "//localhost")]
ALLOWED_ORIGINS = env.list("ANFITEATRO_ORIGINS", _two, expected.origin)
CSRF_TRUSTED_ORIGINS = ALLOWED_ORIGINS
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
_host = "__Host-" if HTTPS else ""  # no subdomain, and nobody between, can set one of these in our place
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_host}anfiteatro_session", f"{_host}anfiteatro_csrf"
LANGUAGE_COOKIE_NAME, LANGUAGE_COOKIE_SECURE = f"{_host}django_language", HTTPS
MESSAGE_STORAGE = "web.notices.Notices"
# Behind exactly one proxy: its word on the scheme and on the visitor's address counts.
BEHIND_PROXY = env.bool("ANFITEATRO_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"  # a join link must not leak to another site
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "storages",
    "web",
    "files",
    "jobs",
    "accounts",
    *(f"courses.{room}" for room in ("programme", "cases", "media", "outcomes", "logbook", "trauma", "search")),
    *(f"livesessions.{room}" for room in ("room", "attendance", "realtime")),
    "demo",
]
MIDDLEWARE = [
    "web.middleware.FreeDatabaseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.middleware.PrivateByDefaultMiddleware",
    "web.taken.TakenMiddleware",
    "csp.middleware.CSPMiddleware",
    "web.middleware.TextGZipMiddleware",  # phones are slow; Django pads pages against BREACH
    "web.browser_sessions.BrowserSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "web.middleware.PartsAwayMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.OwnPageMiddleware",
    "accounts.devices.KnownDeviceMiddleware",
    "accounts.middleware.PersonLanguageMiddleware",
    "web.middleware.ViewerTimeZoneMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "web.context_processors.site",
            ],
            "builtins": ["web.templatetags.anfiteatro", "web.templatetags.page_parts"],
        },
    }
]

# Data
DATABASES: dict[str, Any] = {
    "default": env.parsed("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'anfiteatro.sqlite3'}", expected.database)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"] |= {
        "ENGINE": "web.sqlite",  # Django's own, plus one write queue per process
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
        },
    }
else:
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        # While the server is away a command is refused soon, and no pause between tries grows with the time it is away.
        "OPTIONS": DATABASES["default"].get("OPTIONS", {})
        | {"pool": {"min_size": 2, "max_size": PAGES_AT_ONCE + 8, "timeout": 5, "reconnect_timeout": 4}},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"

REDIS_URL = env.str("REDIS_URL", "", expected.redis)
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            # Seconds. A Redis that takes connections and never answers is as good as none.
            "hosts": [
                {"address": REDIS_URL, "socket_connect_timeout": 2, "socket_timeout": 2, "socket_keepalive": True}
            ],
            "prefix": "anfiteatro",
        },
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
}
CACHES = {
    "default": {"BACKEND": "web.caches.SpareCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
# "thread": the server works the queue itself (one machine, one process); "worker": `manage.py work_queue` does.
TASK_RUNNER = env.str("ANFITEATRO_TASK_RUNNER", "thread", expected.one_of("thread", "worker"))
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Files
S3_BUCKET = env.str("ANFITEATRO_S3_BUCKET", "", expected.bucket)
S3_ENDPOINT = env.str("ANFITEATRO_S3_ENDPOINT", "", expected.endpoint)
S3_PUBLIC_ENDPOINT = env.str("ANFITEATRO_S3_PUBLIC_ENDPOINT", "", expected.endpoint)  # where browsers reach it
S3_REGION = env.str("ANFITEATRO_S3_REGION", "", expected.region)
S3_CLIENT_CONFIG = Config(
    signature_version="s3v4",
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 2},  # a request waits seconds; the task queue tries for hours
    # Many S3 servers do not know the newer checksums, and a browser that sends a part does not make them.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
STORAGES: dict[str, Any] = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": S3_ENDPOINT or None,
            "region_name": S3_REGION or None,
            "access_key": env.str("ANFITEATRO_S3_ACCESS_KEY", ""),
            "secret_key": env.str("ANFITEATRO_S3_SECRET_KEY", ""),
            "client_config": S3_CLIENT_CONFIG,
        },
    }
    if S3_BUCKET
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "web.static_storage.SmallStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},  # nginx reads them
    },
}
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "var" / "static"
MEDIA_ROOT = BASE_DIR / "var" / "media"  # never served by path: case media goes through a policy
MEDIA_MAX_BYTES = env.int("ANFITEATRO_MEDIA_MAX_BYTES", 500 * 1024 * 1024, 1024)  # of one file
CASE_MEDIA_MAX_BYTES = env.int("ANFITEATRO_CASE_MEDIA_MAX_BYTES", 2 * 1024 * 1024 * 1024, 1024)  # of a case's together
MEDIA_URL_SECONDS = env.int(
    "ANFITEATRO_MEDIA_URL_SECONDS", 600, 10, 86_400
)  # how long the address of a picture is good
WHITENOISE_USE_FINDERS = DEBUG

# Mail
_mail = env.parsed("EMAIL_URL", "file:", expected.mail)
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_BACKEND"], _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
DEFAULT_FROM_EMAIL = env.str("ANFITEATRO_MAIL_FROM", "Anfiteatro <no-reply@anfiteatro.example>", expected.sender)

# People and sign-in
AUTHENTICATION_BACKENDS = ["accounts.backends.PeopleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address per person; a new one counts when its code came back
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the address or the first password is changed
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900  # seconds: mail is slow where we work
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# A whole auditorium may share one address, so the limits per address of the network are wide. There is none per
# account, by which others could lock its owner out: accounts/throttles.py counts passwords, jobs/unasked.py mails.
ACCOUNT_RATE_LIMITS = {
    **dict.fromkeys(["login", "signup", "request_login_code", "reset_password", "reset_password_from_key"], "240/m/ip"),
    **dict.fromkeys(["login_failed", "confirm_email"]),
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignInForm",
    "request_login_code": "accounts.forms.sign_in.CodeForm",
    "confirm_login_code": "accounts.forms.sign_in.ConfirmSignInForm",
    "confirm_email_verification_code": "accounts.forms.sign_in.ConfirmEmailForm",
    "signup": "accounts.forms.sign_in.SignUpForm",
    "set_password": "accounts.forms.sign_in.SetPasswordForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
    "reset_password": "accounts.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.sign_in.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.sign_in.ReauthenticateForm",
    "add_email": "accounts.forms.sign_in.AddEmailForm",
}
PRIVACY_NOTICE_VERSION = "2026-12"

# Languages and times
LANGUAGES = [("es", _("Spanish")), ("en", _("English")), ("pt", _("Portuguese"))]
LANGUAGE_CODE = env.str("ANFITEATRO_LANGUAGE", "es", expected.one_of("es", "en", "pt"))
LOCALE_PATHS = [BASE_DIR / "platform" / "web" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# Content security: nothing inline without the nonce, nothing from elsewhere; parts of files go to S3 where it is ours
_amazon = [f"https://{S3_BUCKET}.s3.amazonaws.com", f"https://{S3_BUCKET}.s3.{S3_REGION or '*'}.amazonaws.com"]
_s3 = [urlsplit(S3_PUBLIC_ENDPOINT or S3_ENDPOINT)] if S3_PUBLIC_ENDPOINT or S3_ENDPOINT else map(urlsplit, _amazon)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [
            SELF,
            *(o.replace("http", "ws", 1) for o in ALLOWED_ORIGINS),
            *(f"{s3.scheme}://{s3.netloc}" for s3 in _s3 if S3_BUCKET),
        ],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

env.require(
    bool(STORAGES["default"]["OPTIONS"].get("access_key")) == bool(STORAGES["default"]["OPTIONS"].get("secret_key")),
    "ANFITEATRO_S3_SECRET_KEY",
    "both keys of S3, or none",
)
env.require(CASE_MEDIA_MAX_BYTES >= MEDIA_MAX_BYTES, "ANFITEATRO_CASE_MEDIA_MAX_BYTES", "no less than of one file")
env.finish()
