"""The programmes app."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self) -> None:
        from programmes.team import invitations

        invitations.watch_sign_up()
