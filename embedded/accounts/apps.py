"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "embedded.accounts"
    label = "accounts"

    def ready(self) -> None:
        from embedded.accounts import checks  # noqa: F401 (registers itself)
