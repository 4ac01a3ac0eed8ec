"""The programmes app."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self) -> None:
        from programmes.api import actions as api
        from programmes.team import invitations

        api.watch_sign_ins()
        invitations.watch_sign_up()
