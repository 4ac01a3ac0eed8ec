"""Tells the demonstration's story, once; prints whom one can be."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from programmes.demo.cast import TO_PLAY
from programmes.demo.telling import tell
from programmes.models import Programme


class Command(BaseCommand):
    help = (
        "Tell the demonstration's story through the real deeds; the same for the same seed on the same day."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--accounts", action="store_true", help="only print whom one can be")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "The demonstration cannot be switched on in production. Leave EMBEDDED_MODE=production."
            )
        if options["accounts"]:
            self._print_accounts()
            return
        if Programme.objects.filter(is_demonstration=True).exists():
            self.stdout.write("The demonstration is there already.")
            return
        with transaction.atomic():
            programme = tell(today=timezone.localdate(), seed=options["seed"])
        self.stdout.write(f"Told the story of {programme}: {programme.residencies.count()} residencies.")

    def _print_accounts(self) -> None:
        self.stdout.write(f"Choose whom to be at {settings.BASE_URL}/demo/ (no password):")
        for actor in TO_PLAY:
            self.stdout.write(f"  {actor.speaks_as:20} {actor.name}, {actor.email}")
