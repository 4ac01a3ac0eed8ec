"""Every setting of the product, in one file; what differs between places comes from the environment."""

import logging
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from embedded.database.limits import limits
from embedded.env import ROOT, env, mode, needed, secret
from embedded.logs import logging_settings
from embedded.sso.environment import providers

MODE = mode()
PRODUCTION = MODE == "production"
DEMONSTRATION = MODE == "demonstration"
DEBUG = False

SECRET_KEY = secret("SECRET_KEY", PRODUCTION)
FORMER_SECRET_KEY = env.str("SECRET_KEY_OLD", "")
SECRET_KEY_FALLBACKS = [FORMER_SECRET_KEY] if FORMER_SECRET_KEY else []  # only reads
VAULT_KEY = secret("VAULT_KEY", PRODUCTION)
VAULT_KEY_OLD = env.str("VAULT_KEY_OLD", "")  # the former one, until manage.py rewrap has run
BASE_URL = env.str("EMBEDDED_BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Name the hosts in ALLOWED_HOSTS; * would let anybody choose our links.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])
DATA_DIR = Path(env.str("EMBEDDED_DATA_DIR", str(ROOT / "var" / "data")))

SERVICE_NAME = env.str("EMBEDDED_SERVICE_NAME", "Embedded")
CONTACT_EMAIL = env.str("EMBEDDED_CONTACT_EMAIL", "embedded@contact.example")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_linear_migrations",
    "pgtrigger",
    "django_htmx",
    "django_structlog",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "embedded.accounts",
    "embedded.audit",
    "embedded.backup",
    "embedded.database",
    "embedded.drafts",
    "embedded.files",
    "embedded.jobs",
    "embedded.links",
    "embedded.nhsuk",
    "embedded.post",
    "embedded.profile",
    "embedded.sso",
    "embedded.vault",
    "guidance",
    "guidance.desk",
    "programmes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "embedded.logs.RequestLog",
    "embedded.files.again.HandedOutAgain",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "embedded.accounts.sessions.SessionClock",
    "allauth.account.middleware.AccountMiddleware",
    "embedded.accounts.middleware.PersonMiddleware",
    "embedded.audit.denied.DeniedTries",
    "embedded.drafts.parking.ParkingMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "embedded.accounts.second_factor.SecondFactorMiddleware",
    "embedded.profile.stepping_up.StepUpMiddleware",
]

ROOT_URLCONF = "embedded.urls"
WSGI_APPLICATION = "embedded.wsgi.application"
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "csp.context_processors.nonce",
    "programmes.home.navigation.navigation",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],  # embedded.nhsuk.jinja names our own folder and the NHS macros
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "embedded.nhsuk.jinja.environment",
            "context_processors": CONTEXT_PROCESSORS,
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]

# Where things are kept
DATABASE_PATIENCE_SECONDS = env.int("DATABASE_PATIENCE_SECONDS", 0)  # wsgi.py says how long pages wait
DATABASE_STATEMENT_SECONDS = env.int("DATABASE_STATEMENT_SECONDS", 0)
DATABASES = {
    "default": env.db_url_config(needed("DATABASE_URL"))
    | {
        "ENGINE": "embedded.database",
        "ATOMIC_REQUESTS": False,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", 60),
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
}
DATABASES["default"]["OPTIONS"] = limits(DATABASE_STATEMENT_SECONDS) | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = needed("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {
            "MAX_ENTRIES": 100_000
        },  # at 300, Django's own, a stranger could push out what is counted
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# A sign-in ends after 12 hours, or sooner when nothing is pressed (P17). The NHS manual's 20 hours for a form are kept
# by losing nothing that was typed (F11, embedded.drafts).
SESSION_IDLE = timedelta(minutes=30)  # whoever sees more than their own data
SESSION_IDLE_OWN_DATA = timedelta(hours=8)
SESSION_LONGEST = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_SAVE_EVERY_REQUEST = False

# Static files: built by npm into static/built, our own images beside it
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("EMBEDDED_STATIC_ROOT", str(DATA_DIR.parent / "static")))
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    *Compressor.SKIP_COMPRESS_EXTENSIONS,
    "ttf",
)  # fonts for paper: never sent

# Who may sign in, and how
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"embedded.accounts.passwords.{rule}"}
    for rule in ("LongEnough", "NotCommon", "NotAboutYou", "NotAboutHere")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "embedded.accounts.adapter.InvitedOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a letter when password, addresses or second step change
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_FORMS = {
    "login": "embedded.accounts.forms.SignInForm",
    "signup": "embedded.accounts.forms.SignUpForm",
    "add_email": "embedded.accounts.forms.AddEmailForm",
    "change_password": "embedded.accounts.forms.ChangePasswordForm",
    "set_password": "embedded.accounts.forms.SetPasswordForm",
    "reset_password": "embedded.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "embedded.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "embedded.accounts.forms.ReauthenticateForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = (
    False  # the sign-in ends with the browser; remembered devices only spare the second step
)
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds; before what is listed in embedded.profile.stepping_up (P19)
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BASE_URL.startswith("https") else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1 if env.bool("BEHIND_TLS_PROXY", False) else 0)
# Wrong passwords and codes are counted by embedded.accounts.throttles. What is left to allauth is wide enough for a
# hospital behind one network address: 300 people who sign in within a minute (P36).
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "",
    "reset_password": "100/m/ip",
    "reset_password_from_key": "100/m/ip",
    "signup": "100/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "1000/m/ip"}
EVEN_TIMES = 0 if MODE == "test" else 1  # tests wait for nobody (embedded.accounts.even)
INVITATION_HOOK = "programmes.team.invitations.invited_person"
MFA_ADAPTER = "embedded.accounts.second_step.SecondStepAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # else nobody with a second factor could add an address
MFA_FORMS = {
    "authenticate": "embedded.accounts.forms.SecondStepForm",
    "reauthenticate": "embedded.accounts.forms.SecondStepAgainForm",
    "activate_totp": "embedded.accounts.forms.SwitchOnForm",
    "add_webauthn": "embedded.accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "embedded.accounts.passkeys.NamePasskeyForm",
    "login_webauthn": "embedded.accounts.passkeys.SignInByPasskeyForm",
    "authenticate_webauthn": "embedded.accounts.passkeys.SecondStepByPasskeyForm",
    "reauthenticate_webauthn": "embedded.accounts.passkeys.AgainByPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # face, finger or PIN: a found key opens nothing
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=30)
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_TOTP_TOLERANCE = 1  # a telephone may be half a minute off
SECOND_FACTOR_NEEDED = "programmes.access.needs_second_factor"
SIGN_IN_PROVIDERS = providers()  # ORCID, Microsoft Entra, another: off unless the environment names them
SOCIALACCOUNT_ADAPTER = "embedded.sso.adapter.ElsewhereAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # who somebody is hangs on issuer and subject, never on an address
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False

# E-mail goes into our own outbox first (embedded.post), from there by SMTP
EMAIL_BACKEND = "embedded.post.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = env.str("EMBEDDED_FROM_EMAIL", f"{SERVICE_NAME} <no-reply@embedded.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10

# What browsers are told
SECURE_BROWSER = PRODUCTION or BASE_URL.startswith("https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_BROWSER
SESSION_COOKIE_NAME = "__Host-session" if SECURE_BROWSER else "embedded_session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_BROWSER else "embedded_csrf"
KNOWN_DEVICE_COOKIE_NAME = "__Host-known" if SECURE_BROWSER else "embedded_known"
MFA_TRUST_COOKIE_NAME = "__Host-remembered" if SECURE_BROWSER else "embedded_remembered"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "embedded.drafts.views.csrf_failure"  # what was typed is offered again
SECURE_SSL_REDIRECT = PRODUCTION and env.bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_TLS_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 17 * 1024 * 1024  # beyond any page's: no upload lies on disk in the clear
FILE_UPLOAD_HANDLERS = [
    "embedded.files.capping.Capped",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]

# Language and time
LANGUAGE_CODE = "en-gb"
USE_I18N = True
TIME_ZONE = "Europe/London"
USE_TZ = True
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
FORMS_URLFIELD_ASSUME_HTTPS = True

# Work in the background (trust.md F1 to F4): Celery only carries ids, state lives in PostgreSQL
JOB_LEASE = timedelta(seconds=env.int("JOB_LEASE_SECONDS", 60))
JOB_SWEEP_SECONDS = env.int("JOB_SWEEP_SECONDS", 30)
JOB_TIME_LIMIT_SECONDS = env.int("JOB_TIME_LIMIT_SECONDS", 60)  # then it is stopped; 30 s later, killed (P32)
JOB_HANDLERS = [  # modules of @handler functions
    "embedded.drafts.tasks",
    "embedded.files.tasks",
    "embedded.post.sending",
    "embedded.post.tasks",
    "guidance.desk.tasks",
    "guidance.packs.tasks",
    "guidance.tasks",
    "programmes.intake.tasks",
    "programmes.agreements.tasks",
    "programmes.calendars.tasks",
    "programmes.cases.tasks",
    "programmes.course.tasks",
    "programmes.interchange.tasks",
    "programmes.interest.tasks",
    "programmes.measures.tasks",
    "programmes.nudges.tasks",
    "programmes.onboarding.tasks",
    "programmes.packs.tasks",
    "programmes.recruitment.tasks",
    "programmes.reports.tasks",
]
JOB_LATER = [  # kinds that take long: letters and all others go before them
    "guidance.pack",
    "job_description",
    "log_file_import",
    "programme_report",
    "residency_file_import",
]
JOB_ROUNDS = {  # kinds of work that every period has once, whatever clocks and workers do (P45)
    "access.remind": timedelta(days=1),
    "cases.count": timedelta(minutes=5),
    "drafts.sweep": timedelta(hours=1),
    "files.sweep_orphans": timedelta(hours=1),
    "guidance.check_links": timedelta(days=7),
    "guidance.count_packs": timedelta(minutes=5),
    "guidance.count_readings": timedelta(minutes=5),
    "guidance.packs": timedelta(minutes=15),
    "guidance.remind_reviews": timedelta(hours=1),  # it writes in the morning alone
    "interests.purge": timedelta(days=1),
    "log_files.purge": timedelta(days=1),
    "looking_back.ask": timedelta(days=1),
    "measures.fold_months": timedelta(minutes=15),
    "nudges.look": timedelta(hours=1),  # it writes in the morning alone
    "own_packs.forget": timedelta(hours=1),
    "post.purge": timedelta(hours=1),
    "residency_files.purge": timedelta(days=1),
}
HEALTH_TOKEN = env.str("HEALTH_TOKEN", "")  # who holds it may read /readyz/detail; without one nobody may
# Addresses on the web that the guidance names are looked up once a week (guidance.desk.knocking); a test never looks
LINKS_ARE_CHECKED = env.bool("LINKS_ARE_CHECKED", PRODUCTION)
# Readings of the guidance are counted by kind of organisation; the upper storey knows it (V-97)
READER_KIND = "programmes.access.reader_kind"
# Who sees those counts besides the editors of the library: a function of a person
NUMBERS_READER = "programmes.access.leads_a_programme"
# Who reads a pack that is private to a place: a function of a person, that place and the pack
PACK_READER = "programmes.packs.reading.may_read"
# The papers that packs of a residency may hold: functions of a scope, a residency and a day
RESIDENCY_PAPERS = [
    "programmes.registration.papers.papers_of",
    "programmes.recruitment.papers.papers_of",
    "programmes.agreements.papers.papers_of",
    "programmes.onboarding.papers.papers_of",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []

DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG  # one line a request: when it is answered
LOGGING = logging_settings(env.str("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING"))
