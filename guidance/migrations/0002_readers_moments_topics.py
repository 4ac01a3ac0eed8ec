"""A document says for whom, when and about what in lists; an edition says how it is also given."""

from typing import Any

import django.contrib.postgres.fields
from django.db import migrations, models

# What each value of the one list of before says in the new ones; no moment is "at any time".
MOMENTS = {
    "deciding": ["thinking"],
    "preparing": ["setting_up", "recruiting"],
    "arriving": ["first_100_days"],
    "working": ["half_way"],
    "ending": ["ending"],
}
READERS = {
    "nhs_organisation": ["manager"],
    "researcher": ["researcher"],
    "public_involvement": ["public", "involvement"],
    "recruitment": ["recruiter"],
    "coproduction_leaders": ["researcher", "involvement"],
}


def say_it_in_lists(apps: Any, schema_editor: Any) -> None:
    """Documents that were edited here are not taken in again, so that they keep their moment and their readers."""
    for document in apps.get_model("guidance", "Document").objects.all():
        document.moments = MOMENTS.get(document.moment, [])
        document.readers = READERS.get(document.audience, ["manager", "researcher"])
        document.save(update_fields=["moments", "readers"])


class Migration(migrations.Migration):

    dependencies = [
        ('guidance', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='moments',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('thinking', 'Thinking about it'), ('setting_up', 'Setting one up'), ('recruiting', 'Recruiting'), ('first_100_days', 'The first 100 days'), ('half_way', 'Half-way'), ('ending', 'Ending well')], max_length=20), blank=True, db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='document',
            name='readers',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('manager', 'NHS and care managers, and R&D offices'), ('researcher', 'Embedded researchers'), ('public', 'Public contributors'), ('involvement', 'Those who support public involvement'), ('academic', 'University departments and supervisors'), ('team', 'The team that a researcher joins'), ('recruiter', 'HR and interview panels'), ('leader', 'Programme leads, sponsors and boards')], max_length=20), blank=True, db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='document',
            name='topics',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('deciding', 'Deciding whether to have one'), ('agreements', 'Agreements'), ('access', 'Access and permissions'), ('money', 'Money and payments'), ('recruitment', 'Recruitment'), ('involvement', 'Public involvement'), ('coproduction', 'Co-production'), ('working-together', 'Working together'), ('focus', 'Keeping to the focus'), ('evidence', 'Evidence and its use'), ('ethics', 'Ethics and information'), ('supervision', 'Supervision'), ('wellbeing', 'Wellbeing'), ('learning', 'Learning and skills'), ('ending', 'Ending and handing over'), ('examples', 'Examples'), ('words', 'What words mean')], max_length=20), blank=True, db_default=[], default=list, size=None),
        ),
        migrations.RunPython(say_it_in_lists, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_moment_is_listed',
        ),
        migrations.RemoveField(
            model_name='document',
            name='moment',
        ),
        migrations.AddField(
            model_name='edition',
            name='landscape',
            field=models.BooleanField(db_default=False, default=False, verbose_name='paper lies on its side'),
        ),
        migrations.AddField(
            model_name='edition',
            name='large_print',
            field=models.BooleanField(db_default=False, default=False, verbose_name='16 point on paper'),
        ),
        migrations.AddField(
            model_name='edition',
            name='sheet',
            field=models.BooleanField(db_default=False, default=False, verbose_name='also a spreadsheet'),
        ),
        migrations.AddField(
            model_name='edition',
            name='word',
            field=models.BooleanField(db_default=False, default=False, verbose_name='also a Word file'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('moments__contained_by', ['thinking', 'setting_up', 'recruiting', 'first_100_days', 'half_way', 'ending'])), name='document_moments_are_listed'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('readers__contained_by', ['manager', 'researcher', 'public', 'involvement', 'academic', 'team', 'recruiter', 'leader'])), name='document_readers_are_listed'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('topics__contained_by', ['deciding', 'agreements', 'access', 'money', 'recruitment', 'involvement', 'coproduction', 'working-together', 'focus', 'evidence', 'ethics', 'supervision', 'wellbeing', 'learning', 'ending', 'examples', 'words'])), name='document_topics_are_listed'),
        ),
    ]
