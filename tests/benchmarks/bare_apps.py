"""The table of accounts alone, without what the product puts around it."""

from django.apps import AppConfig


class Accounts(AppConfig):
    name = "embedded.accounts"
