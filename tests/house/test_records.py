"""What every record keeps to (P49): choice lists with checks behind them, foreign keys that protect, all migrations."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

OURS = (
    "accounts",
    "audit",
    "desk",
    "drafts",
    "files",
    "guidance",
    "jobs",
    "links",
    "post",
    "programmes",
    "vault",
)


# what stays when the other goes, and what goes with what it says nothing without
BESIDE = {
    ("OwnPack", "pack"),
    ("Passage", "activity"),
    ("PlannedEntry", "activity"),
    ("PlannedEntry", "file"),
    ("PortfolioLine", "activity"),
}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_choice_list_has_a_check(model: type[models.Model]) -> None:
    checked = " ".join(
        str(one.condition) for one in model._meta.constraints if isinstance(one, models.CheckConstraint)
    )
    for field in model._meta.fields:
        if field.choices and isinstance(field, models.CharField):
            assert field.name in checked, f"{model._meta.label}.{field.name} has choices and no check"


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_protect_unless_the_record_is_part_of_the_other(model: type[models.Model]) -> None:
    parts = {
        "ActivityMonth",
        "Comment",
        "LogFileRow",
        "OrganisationName",
        "ProgrammeMonth",
        "ResidencyFileRow",
        "ResidencyOrganisation",
    }
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey) and model._meta.app_label == "programmes":
            if model.__name__ in parts or (model.__name__, field.name) in BESIDE:
                continue
            assert field.remote_field.on_delete is models.PROTECT, f"{model._meta.label}.{field.name}"


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_there_is_no_django_admin() -> None:
    assert not apps.is_installed("django.contrib.admin")


def test_the_frame_names_upper_rooms_by_string_only() -> None:
    """Importing the frame alone brings in nothing of the work."""
    code = (
        "import django; django.setup.__module__; import sys; import embedded.env, embedded.nhsuk.words;"
        "sys.exit(any(name.startswith('programmes') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
