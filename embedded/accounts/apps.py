"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "embedded.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in

        from embedded.accounts import (
            checks,  # noqa: F401 (registers itself)
            known_devices,
            second_factor,
            sessions,
        )

        sessions.start()
        user_logged_in.connect(second_factor.begin_anew, dispatch_uid="begin_anew")
        user_logged_in.connect(known_devices.remember, dispatch_uid="known_devices.remember")
