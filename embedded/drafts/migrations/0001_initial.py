"""Form keys, drafts and parked posts."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ParkedPost",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("path", models.TextField(help_text="where it was sent, with the query")),
                ("form_key", models.CharField(max_length=64)),
                ("ciphertext", models.BinaryField()),
                ("made_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("path__startswith", "/")), name="parked_path_is_ours"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(help_text="which form: registration p/<slug>/r/<code>", max_length=200),
                ),
                ("payload", models.BinaryField()),
                ("updated_at", models.DateTimeField(db_index=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "purpose"), name="one_draft_for_a_purpose"),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True), name="draft_has_a_purpose"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                (
                    "content_sha256",
                    models.CharField(blank=True, help_text="what was sent, if it matters", max_length=64),
                ),
                ("led_to", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField(db_index=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "key", "content_sha256"),
                        name="form_is_sent_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
