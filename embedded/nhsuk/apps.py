"""The NHS.UK look as a Django app: form fields, the Jinja environment, the bridge for allauth."""

from django.apps import AppConfig


class NhsukConfig(AppConfig):
    name = "embedded.nhsuk"
    label = "nhsuk"
