import django.contrib.postgres.operations
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('programmes', '0027_seal_texts'),
    ]

    operations = [
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('readers', 'only_me'), ('what', '')), models.Q(('readers__in', ['people', 'residency']), ('sealed__isnull', True), models.Q(('what', ''), _negated=True)), _connector='OR'), name='activity_text_v2'),
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('late_reason', ''), ('late_reason__in', ['away', 'no_time', 'no_access', 'copied', 'other']), _connector='OR'), name='activity_late_reason_is_known'),
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('sign', ''), ('sign__in', ['seen', 'valued', 'trusted', 'network', 'evidence_asked_for', 'evidence_cited', 'method_taken_up']), _connector='OR'), name='activity_sign_is_known'),
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('output', ''), ('output__in', ['publication', 'collaboration', 'further_funding', 'engagement', 'influence', 'tool_or_method', 'dataset', 'software', 'award', 'briefing', 'dashboard', 'slide_set', 'service_report', 'training_pack', 'protocol', 'plain_summary', 'animation']), _connector='OR'), name='activity_output_is_known'),
        ),
        migrations.DeleteModel(
            name='Note',
        ),
        migrations.RemoveField(
            model_name='activity',
            name='asked_by',
        ),
    ]
