"""The signed links app."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "embedded.links"
    label = "links"
