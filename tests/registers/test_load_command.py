"""The command that loads the register into an empty database, and again."""

from io import StringIO

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_the_command_says_what_it_did() -> None:
    out = StringIO()
    call_command("load_registers", stdout=out)
    call_command("load_registers", stdout=out)
    first, second = out.getvalue().splitlines()
    assert first == "The register is loaded: 931 new, 0 renamed, 0 closed, 0 changed."
    assert second == "The register is up to date."
