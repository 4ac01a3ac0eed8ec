"""Logs as lines of JSON with the request's number, and without what is nobody's business: addresses and tokens."""

from __future__ import annotations

import re
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware
from structlog.types import EventDict, Processor

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{30,}(?![\w-])")
NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
QUERY = re.compile(r"\?\S*")


def request_id() -> str:
    """The number of the request being answered; empty outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def masked(text: str) -> str:
    """The text with e-mail addresses, and whatever looks like a token, taken out."""
    return TOKEN.sub(
        lambda found: found[0] if NUMBER.fullmatch(found[0]) else "[token]", EMAIL.sub("[email]", text)
    )


def mask(logger: Any, method: str, event: EventDict) -> EventDict:
    """The last step before a line is written."""
    event.pop("request_object", None)
    return {key: masked(value) if isinstance(value, str) else value for key, value in event.items()}


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.format_exc_info,
]


def logging_settings(level: str) -> dict[str, Any]:
    """Sets structlog up, and gives Django's LOGGING: every line of ours and of others is one JSON object."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    written = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        mask,
        structlog.processors.JSONRenderer(),
    ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": written,
            }
        },
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            # Django's own line per refused request repeats ours and names the path, which may hold a token.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": ["lines"], "propagate": False},
            # Sixty lines of every PDF say how far it is.
            "weasyprint.progress": {"level": "WARNING"},
        },
    }


class RequestLog(RequestMiddleware):
    """One line a request: the pattern of its address, never the address; its number goes back in X-Request-ID."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.prepare(request)
        number = request_id()
        response: HttpResponse = self.get_response(request)  # type: ignore[assignment]
        response["X-Request-ID"] = number
        self.handle_response(request, response)
        return response

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = request.resolver_match
        return f"{request.method} /{match.route}" if match else f"{request.method} (no page)"

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """The person's id where it is known already; never asks the database, which may be away."""
        person = getattr(request, "person", None)
        if person is not None:
            structlog.contextvars.bind_contextvars(person=person.pk)
