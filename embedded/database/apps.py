"""Lets Django find the commands of this room: `migrate`, ours instead of its own."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "embedded.database"
    label = "database"
