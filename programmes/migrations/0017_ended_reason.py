from django.db import migrations, models

REASONS = [
    ("completed", "It was finished"),
    ("extended_as_new", "It goes on as a new one"),
    ("funding_ended", "The money ended"),
    ("person_left", "The person left"),
    ("host_withdrew", "The host withdrew"),
    ("academic_withdrew", "The university withdrew"),
    ("reorganisation", "The host was reorganised"),
    ("concern", "There was a concern"),
    ("other", "Something else"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0016_host_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="stagechange",
            name="ended_reason",
            field=models.CharField(
                blank=True,
                choices=REASONS,
                db_default="",
                default="",
                max_length=20,
                verbose_name="why it is over",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_reason", ""),
                    models.Q(
                        ("ended_reason__in", [code for code, _ in REASONS]),
                        ("to_stage__in", ["ended", "terminated_early"]),
                    ),
                    _connector="OR",
                ),
                name="stage_change_ended_reason_is_known",
            ),
        ),
    ]
