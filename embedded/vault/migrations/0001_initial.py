"""The wrapped key of each person."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wrapped_key", models.BinaryField()),
                (
                    "key_version",
                    models.CharField(db_index=True, help_text="which VAULT_KEY wrapped it", max_length=16),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vault_key",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key_version__regex", "^[0-9a-f]{16}$")),
                        name="person_key_version_is_hex",
                    )
                ],
            },
        ),
    ]
