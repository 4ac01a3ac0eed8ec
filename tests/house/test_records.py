"""The database refuses nonsense itself (P49): every choice list has a check, and bad rows are refused by raw SQL."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from tests.house.addresses import things_in
from tests.world import World

OURS = ("accounts", "audit", "drafts", "files", "guidance", "jobs", "links", "post", "programmes", "vault")


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
    parts = {"Note", "ActivityMonth", "ResidencyOrganisation", "OrganisationName"}
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey) and model._meta.app_label == "programmes":
            if model.__name__ in parts:
                continue
            assert field.remote_field.on_delete is models.PROTECT, f"{model._meta.label}.{field.name}"


BAD = [
    ("programmes_residency", "stage", "nonsense"),
    ("programmes_residency", "title", ""),
    ("programmes_residency", "code", "falls"),
    ("programmes_residency", "planned_end", "1999-01-01"),
    ("programmes_residency", "days_a_week", 5.5),
    ("programmes_residency", "money_amount", -1),
    ("programmes_residency", "started_on", None),
    ("programmes_residency", "ended_on", "1999-01-01"),
    ("programmes_placement", "wte", 0.04),
    ("programmes_placement", "wte", 1.01),
    ("programmes_placement", "end", "1999-01-01"),
    ("programmes_activity", "minutes", 0),
    ("programmes_activity", "minutes", 961),
    ("programmes_activity", "kind", "leave"),
    ("programmes_activity", "place", "moon"),
    ("programmes_activity", "what", ""),
    ("programmes_note", "readers", "everybody"),
    ("programmes_note", "text", "In the open"),
    ("programmes_note", "sealed", None),
    ("programmes_activitymonth", "month", "2026-05-02"),
    ("programmes_project", "classification", "art"),
    ("programmes_project", "classification", "research"),
    ("programmes_project", "title", ""),
    ("programmes_project", "ended_on", "1999-01-01"),
    ("programmes_partner", "kind", "stakeholder"),
    ("programmes_contribution", "mode", "scored"),
    ("programmes_useindecision", "outcome", "ignored"),
    ("programmes_useindecision", "confirmed_by_name", "Nobody"),
    ("programmes_accessitem", "state", "maybe"),
    ("programmes_accessitem", "state", "not_required"),
    ("programmes_accessitem", "kind", "keys"),
    ("programmes_membership", "role", "king"),
    ("programmes_membership", "end", "1999-01-01"),
    ("programmes_programme", "scheme", "lottery"),
    ("programmes_programme", "code_prefix", "abc"),
    ("programmes_programme", "reporting_year_starts_month", 13),
    ("programmes_report", "end", "1999-01-01"),
    ("programmes_condition", "met_on", "2026-01-01"),
    ("programmes_organisation", "kind", "shop"),
    ("accounts_person", "display_name", ""),
]


@pytest.mark.parametrize(("table", "column", "value"), BAD)
def test_the_database_refuses_a_bad_row(world: World, table: str, column: str, value: Any) -> None:
    things_in(world)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 (our own table names)
        assert cursor.fetchone()[0] > 0, f"nothing in {table} to spoil"
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(f'UPDATE {table} SET "{column}" = %s', [value])  # noqa: S608


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
