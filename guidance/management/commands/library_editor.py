"""Names somebody who may edit the guidance library, or ends it; without a person, says who may."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from embedded.accounts.models import Person
from guidance.desk.editors import editors, let_edit


class Command(BaseCommand):
    help = "Lets somebody edit the guidance library. Two are needed: nobody approves an edition of their own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="?", default="", help="with which the person signs in")
        parser.add_argument("--end", action="store_true", help="they edit no more")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["email"]:
            names = [f"{one.display_name} <{one.email}>" for one in editors()]
            self.stdout.write("\n".join(names) or "Nobody edits the library.")
            return
        person = Person.objects.filter(user__email__iexact=options["email"].strip()).first()
        if person is None:
            raise CommandError("Nobody signs in with that address. Invite them first.")
        let_edit(person=person, edits=not options["end"])
        does = "edits the library no more" if options["end"] else "edits the library"
        self.stdout.write(f"{person.display_name} {does}.")
