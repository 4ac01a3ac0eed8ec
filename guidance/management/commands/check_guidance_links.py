"""Looks up every web address that the library names, now instead of at the weekly round."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guidance.desk.links import look_up_all
from guidance.desk.models import WebAddress


class Command(BaseCommand):
    help = "Looks up the web addresses in the newest editions and says which are broken. Changes no document."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LINKS_ARE_CHECKED:
            raise CommandError("Set LINKS_ARE_CHECKED=true: looking up addresses is switched off here.")
        number = look_up_all(timezone.now(), lambda words, done, of: None)
        for one in WebAddress.objects.filter(state=WebAddress.State.BROKEN).order_by("url"):
            self.stdout.write(f"Broken: {one.url} ({one.found})")
        self.stdout.write(f"Looked up {number} addresses.")
