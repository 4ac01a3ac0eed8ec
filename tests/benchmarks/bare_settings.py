"""The yardstick: Django with a session and a user and nothing else, on the same database and the same server."""

from embedded.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.bare_urls"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "tests.benchmarks.bare_apps.Accounts",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
AUTHENTICATION_BACKENDS = ["tests.benchmarks.bare_backend.PlainBackend"]
