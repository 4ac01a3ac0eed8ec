import django.contrib.postgres.indexes
import django.db.models.functions.comparison
from django.db import migrations, models

from embedded.database.words import words_in


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_find_people"),
        ("programmes", "0018_shelf_and_parts"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                words_in("display_name"), name="organisation_by_words"
            ),
        ),
        migrations.AddIndex(
            model_name="residency",
            index=models.Index(
                models.F("programme"), models.F("title"), models.F("code"), name="residency_by_title"
            ),
        ),
        migrations.AddIndex(
            model_name="residency",
            index=models.Index(
                models.F("programme"),
                django.db.models.functions.comparison.Coalesce("ended_on", "planned_end"),
                models.F("code"),
                name="residency_by_end",
            ),
        ),
        migrations.AddIndex(
            model_name="residency",
            index=models.Index(
                models.F("programme"),
                models.F("stage"),
                django.db.models.functions.comparison.Coalesce("ended_on", "planned_end"),
                models.F("code"),
                name="residency_by_stage_and_end",
            ),
        ),
        migrations.AddIndex(
            model_name="residency",
            index=django.contrib.postgres.indexes.GinIndex(
                words_in(
                    "title",
                    "code",
                    "site",
                    "problem",
                    "host_manager_name",
                    "academic_supervisor_name",
                    "researcher_name",
                ),
                name="residency_by_words",
            ),
        ),
    ]
