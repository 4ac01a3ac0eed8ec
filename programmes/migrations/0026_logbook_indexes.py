import django.contrib.postgres.operations
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('programmes', '0025_logbook_grows'),
    ]

    operations = [
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name='activity',
            index=models.Index(models.F('person'), models.F('date'), models.F('id'), name='activity_by_person'),
        ),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name='activity',
            index=models.Index(models.F('person'), models.F('kind'), models.F('date'), models.F('id'), name='activity_by_person_kind'),
        ),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name='activity',
            index=models.Index(condition=models.Q(('project__isnull', False)), fields=['person', 'project', 'date', 'id'], name='activity_by_person_project'),
        ),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name='activity',
            index=models.Index(condition=models.Q(('requester__isnull', False)), fields=['requester'], name='activity_by_requester'),
        ),
        django.contrib.postgres.operations.AddIndexConcurrently(
            model_name='activity',
            index=models.Index(condition=models.Q(('file__isnull', False)), fields=['file'], name='activity_by_file'),
        ),
        django.contrib.postgres.operations.RemoveIndexConcurrently(
            model_name='activity',
            name='activity_by_person_day',
        ),
        migrations.AlterField(
            model_name='activity',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='accounts.person'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='residency',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='programmes.residency'),
        ),
    ]
