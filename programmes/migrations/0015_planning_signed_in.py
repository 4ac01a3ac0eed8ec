import django.db.models.deletion
from django.db import migrations, models

HOW = [
    ("link", "By link"),
    ("account", "Signed in"),
    ("telephone", "By telephone"),
    ("paper", "On paper"),
    ("in_person", "In person"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_ins_and_tries"),
        ("programmes", "0014_residencies_by_file"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="planvoice", name="plan_voice_answered_says_how"),
        migrations.AddField(
            model_name="planvoice",
            name="person",
            field=models.ForeignKey(
                blank=True,
                help_text="whose account may answer, beside whoever holds the link",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plan_voices",
                to="accounts.person",
            ),
        ),
        migrations.AlterField(
            model_name="planvoice",
            name="how",
            field=models.CharField(blank=True, choices=HOW, max_length=20, verbose_name="how we were told"),
        ),
        migrations.AddConstraint(
            model_name="planvoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("how", "")),
                    models.Q(("answered_at__isnull", False), ("how__in", [value for value, label in HOW])),
                    _connector="OR",
                ),
                name="plan_voice_answered_says_how",
            ),
        ),
    ]
