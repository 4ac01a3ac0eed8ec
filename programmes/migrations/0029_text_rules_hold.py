import django.contrib.postgres.operations
from django.db import migrations


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('programmes', '0028_text_rules'),
    ]

    operations = [
        django.contrib.postgres.operations.ValidateConstraint(
            model_name='activity',
            name='activity_text_v2',
        ),
        django.contrib.postgres.operations.ValidateConstraint(
            model_name='activity',
            name='activity_late_reason_is_known',
        ),
        django.contrib.postgres.operations.ValidateConstraint(
            model_name='activity',
            name='activity_sign_is_known',
        ),
        django.contrib.postgres.operations.ValidateConstraint(
            model_name='activity',
            name='activity_output_is_known',
        ),
    ]
