"""The jobs app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "embedded.jobs"
    label = "jobs"

    def ready(self) -> None:
        from embedded.jobs import checks  # noqa: F401 (registers itself)
