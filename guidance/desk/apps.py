"""The desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "guidance.desk"
    label = "desk"
