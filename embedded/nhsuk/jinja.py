"""The Jinja environment of every page: our templates, the NHS macros, and the words and fields they use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from jinja2 import BaseLoader, ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader
from jinja2.exceptions import TemplateNotFound

from embedded.env import ROOT
from embedded.nhsuk import rendering, words
from embedded.nhsuk.addresses import address, static


class OnlyJinja(FileSystemLoader):
    """Our templates, but only those that end in .jinja: Django's own engine reads the rest of the folder."""

    def get_source(self, environment: Environment, template: str) -> Any:
        if not template.endswith(".jinja"):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


def loader() -> BaseLoader:
    return ChoiceLoader([OnlyJinja(ROOT / "templates"), PackageLoader("nhsuk_frontend_jinja")])


def environment(**options: Any) -> Environment:
    """Called once by Django with the OPTIONS of the Jinja backend."""
    env = Environment(  # noqa: S701 (it is on)
        **(options | {"autoescape": True, "undefined": ChainableUndefined, "loader": loader()}),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        url=address,
        static=static,
        field=rendering.field,
        error_summary=rendering.error_summary,
        hidden_fields=rendering.hidden_fields,
        query_with=rendering.query_with,
        service_name=settings.SERVICE_NAME,
        contact_email=settings.CONTACT_EMAIL,
        demonstration=settings.DEMONSTRATION,
    )
    env.filters.update(
        day=words.day,
        month=words.month,
        moment=words.moment,
        minutes=words.minutes,
        pounds=words.pounds,
        counted=words.counted,
    )
    return env
