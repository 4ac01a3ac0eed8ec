import django.contrib.postgres.indexes
from django.db import migrations

from embedded.database.words import words_in


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_ins_and_tries"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(words_in("display_name"), name="person_by_words"),
        ),
    ]
