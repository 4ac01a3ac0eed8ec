"""Tells the demonstration's story, once, and adds a mass around it if asked; prints whom one can be."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from programmes.demo.cast import TO_PLAY
from programmes.demo.mass import add_the_mass, told_already
from programmes.demo.mass_lives import Scale, TooFew
from programmes.demo.telling import tell
from programmes.measures.folding import fold_months
from programmes.models import Programme


class Command(BaseCommand):
    help = (
        "Tell the demonstration's story through the real deeds; the same for the same seed on the same day. With "
        "--residencies or --activities, add a mass of made-up ones until there are so many in all."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--residencies", type=int, help="so many in all, the story's own among them")
        parser.add_argument("--activities", type=int, help="so many in all (500 a residency)")
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
        today = timezone.localdate()
        with transaction.atomic():
            programme = tell(today=today, seed=options["seed"])
            self.stdout.write(f"Told the story of {programme}: {programme.residencies.count()} residencies.")
            if options["residencies"] is not None or options["activities"] is not None:
                self._add_mass(programme, today, options)
            fold_months()

    def _add_mass(self, programme: Programme, today: datetime.date, options: dict[str, Any]) -> None:
        try:
            scale = Scale.asked(options["residencies"], options["activities"])
            more = scale.beyond(told_already(programme))
        except TooFew as problem:
            raise CommandError(f"Nothing has been added. {problem}") from problem
        add_the_mass(programme, more, today=today, seed=options["seed"], say=self.stdout.write)
        there = told_already(programme)
        self.stdout.write(f"There are {there.residencies:,} residencies and {there.activities:,} activities.")

    def _print_accounts(self) -> None:
        self.stdout.write(f"Choose whom to be at {settings.BASE_URL}/demo/ (no password):")
        for actor in TO_PLAY:
            self.stdout.write(f"  {actor.speaks_as:20} {actor.name}, {actor.email}")
