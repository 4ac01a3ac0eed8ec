"""The profile app: no tables of its own."""

from django.apps import AppConfig


class ProfileConfig(AppConfig):
    name = "embedded.profile"
    label = "profile"

    def ready(self) -> None:
        from embedded.profile import watching

        watching.start()
