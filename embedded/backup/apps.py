"""Lets Django find the two commands of this room."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "embedded.backup"
    label = "backup"
