"""Prints the link with which the first programme lead of an empty installation makes an account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse

from embedded import links
from embedded.accounts.models import Person, User
from programmes.team.invitations import FIRST_LEAD


class Command(BaseCommand):
    help = "Print a link with which the first programme lead makes an account (28 days, for one person)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--again", action="store_true", help="even though there are accounts already")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists() and not options["again"]:
            self.stdout.write("There are accounts already: sign in, or ask for another link with --again.")
            return
        person = Person.objects.filter(user=None, may_start_programmes=True).first()
        person = person or Person.objects.create(
            display_name="First programme lead", may_start_programmes=True
        )
        _, token = links.issue(FIRST_LEAD, str(person.pk))
        self.stdout.write(settings.BASE_URL + reverse("first_lead_open", args=[token]))
