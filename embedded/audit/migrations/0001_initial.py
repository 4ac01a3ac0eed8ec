"""The audit trail, which the database refuses to change."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("who", models.CharField(help_text="the person's name on that day", max_length=120)),
                (
                    "who_id",
                    models.CharField(blank=True, help_text="number of the person, as text", max_length=20),
                ),
                ("on_behalf_of", models.CharField(blank=True, max_length=120)),
                ("on_behalf_of_id", models.CharField(blank=True, max_length=20)),
                ("deed", models.CharField(help_text="noun.verb, such as residency.submitted", max_length=80)),
                ("what", models.CharField(help_text="the thing's label on that day", max_length=300)),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="where its page is: p/<slug>/r/<code>", max_length=200
                    ),
                ),
                ("programme", models.CharField(blank=True, help_text="slug, from the place", max_length=80)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("details", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["place"], name="event_by_place", opclasses=["varchar_pattern_ops"]),
                    models.Index(fields=["programme", "-id"], name="event_by_programme"),
                    models.Index(fields=["who_id", "-id"], name="event_by_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("who", ""), _negated=True), name="event_has_somebody"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deed__regex", "^[a-z_]+\\.[a-z_]+$")),
                        name="event_deed_is_noun_verb",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e1de01de2c9f0df2033cadb85ebc9cff5820c148",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7d947",
                    table="audit_event",
                    when="BEFORE",
                ),
            ),
        ),
    ]
