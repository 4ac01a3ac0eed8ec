"""The app: no tables of its own, allauth has them."""

from django.apps import AppConfig


class SsoConfig(AppConfig):
    name = "embedded.sso"
    label = "sso"
