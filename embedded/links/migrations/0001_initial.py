"""Signed links and how often each was opened."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(help_text="what it lets one do: invitation", max_length=60)),
                (
                    "subject",
                    models.CharField(
                        help_text="the one thing it is about, as the purpose names it", max_length=200
                    ),
                ),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LinkTries",
            fields=[
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="tries",
                        serialize=False,
                        to="links.signedlink",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("times", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddIndex(
            model_name="signedlink",
            index=models.Index(fields=["purpose", "subject"], name="link_by_subject"),
        ),
        migrations.AddConstraint(
            model_name="signedlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="link_expires_after_it_is_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="signedlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose", ""), _negated=True), name="link_has_a_purpose"
            ),
        ),
        migrations.AddConstraint(
            model_name="signedlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("token_sha256__regex", "^[0-9a-f]{64}$")), name="link_token_is_hashed"
            ),
        ),
    ]
