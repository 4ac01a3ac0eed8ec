"""The drafts app."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "embedded.drafts"
    label = "drafts"
