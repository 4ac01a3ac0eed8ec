"""Tags for the sign-in and sign-up pages."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.template.context import Context

from embedded.accounts.elsewhere import ASK_WHO
from embedded.accounts.inviting import invited_person
from embedded.sso.environment import Provider
from embedded.sso.finding import switched_on

register = template.Library()


@register.simple_tag
def sso_providers() -> tuple[Provider, ...]:
    """Every provider that is switched on."""
    return switched_on()


@register.simple_tag(takes_context=True)
def sso_invited_address(context: Context) -> str:
    """The address with which an account would be made by an invitation; empty when there is none."""
    request: HttpRequest = context["request"]
    person = invited_person(request)
    return person.email if person is not None else ""


@register.simple_tag(takes_context=True)
def sso_signed_out_here(context: Context) -> bool:
    """Whether somebody has just signed out in this browser."""
    return bool(context["request"].session.get(ASK_WHO))
