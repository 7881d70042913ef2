"""Django's settings. Everything a company may change comes from the environment."""

import os
from pathlib import Path

from leadfarm.engine.database import databases
from leadfarm.engine.home import home
from leadfarm.engine.keys import secret_key

BASE = Path(__file__).resolve().parent.parent
HOME = home()
SECRET_KEY = os.environ.get("LEADFARM_SECRET_KEY") or secret_key(HOME)
SECRET_KEY_FALLBACKS = os.environ.get("LEADFARM_OLD_SECRET_KEYS", "").split()
DEBUG = os.environ.get("LEADFARM_DEBUG") == "1"
PUBLIC_URL = os.environ.get("LEADFARM_URL", "").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = os.environ.get("LEADFARM_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
# The page that shows every component in every state.
LEADFARM_GALLERY = DEBUG or os.environ.get("LEADFARM_GALLERY") == "1"
# The largest file an import takes.
LEADFARM_IMPORT_LIMIT_MB = int(os.environ.get("LEADFARM_IMPORT_LIMIT_MB", "100"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "leadfarm.ui.apps.UiConfig",
    "leadfarm.access.apps.AccessConfig",
    "leadfarm.leads.apps.LeadsConfig",
    "leadfarm.consent.apps.ConsentConfig",
    "leadfarm.intake.apps.IntakeConfig",
    "leadfarm.qualification.apps.QualificationConfig",
    "leadfarm.outreach.apps.OutreachConfig",
    "leadfarm.nurture.apps.NurtureConfig",
    "leadfarm.desk.apps.DeskConfig",
    "leadfarm.insight.apps.InsightConfig",
    "leadfarm.api.apps.ApiConfig",
    "leadfarm.simulation.apps.SimulationConfig",
    "leadfarm.project.apps.ProjectConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leadfarm.access.headers.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "leadfarm.access.middleware.WallMiddleware",
]

ROOT_URLCONF = "leadfarm.project.urls"
WSGI_APPLICATION = "leadfarm.project.wsgi.application"
DATABASES = databases()
# Shared by all web processes: how often somebody failed to sign in counts everywhere.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_cache"
    }
}  # fmt: skip
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leadfarm.ui.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "leadfarm.ui.forms.Renderer"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "leadfarm.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Leadfarm"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "door:home"
LOGOUT_REDIRECT_URL = "account_login"

# After so many days everybody signs in anew, however busy the session was.
LEADFARM_SESSION_DAYS = float(os.environ.get("LEADFARM_SESSION_DAYS", "14"))
SESSION_COOKIE_AGE = int(LEADFARM_SESSION_DAYS * 86_400)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "leadfarm_session"
CSRF_COOKIE_NAME = "leadfarm_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = HOME / "files"

LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = "UTC"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
# Without a server named there is none: invitations are links to copy then.
LEADFARM_SENDS_MAIL = "LEADFARM_SMTP_HOST" in os.environ
EMAIL_HOST = os.environ.get("LEADFARM_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("LEADFARM_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LEADFARM_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LEADFARM_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("LEADFARM_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("LEADFARM_MAIL_FROM", "leadfarm@localhost")

# Where a member lands after signing in, by the slug of the role.
LEADFARM_FIRST_PAGES = {
    "marketer": "insight:campaigns",
    "pd": "desk:today",
    "sales-rep": "desk:today",
    "manager": "insight:scoreboard",
    "admin": "insight:scoreboard",
}

# What a new workspace needs besides colleagues: title, why, the button, its page.
LEADFARM_FIRST_STEPS = (
    (
        "Set up sending",
        "Mail that leaves under your own domain arrives; mail under somebody else's does not.",
        "Set up",
        "outreach:sender",
    ),
    (
        "Import your leads",
        "Bring leads and what became of them, so that the reports mean something today.",
        "Import",
        "intake:imports",
    ),
)

PROCRASTINATE_IMPORT_PATHS = [
    "leadfarm.project.schedule",
    "leadfarm.intake.jobs",
    "leadfarm.qualification.jobs",
]
