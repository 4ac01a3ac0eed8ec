import datetime

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_find_people'),
        ('files', '0001_initial'),
        ('jobs', '0002_pulse'),
        ('programmes', '0024_agreement_kinds_and_funder'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreedShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('relational', 'Meeting and connecting people'), ('knowledge_creation', 'Finding, making or feeding back evidence'), ('educational', 'Teaching and coaching'), ('advice_consultation', 'Answering a question'), ('project_management', 'Planning, approvals, reporting and bids'), ('supervision_support', 'Supervision, peers and thinking time'), ('academic_home', 'University work'), ('bid_development', 'Writing a bid'), ('reflection', 'Thinking time')], max_length=30)),
                ('percent', models.PositiveSmallIntegerField()),
                ('since', models.DateField()),
            ],
            options={
                'ordering': ['since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('may_log', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ColumnMemory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shape', models.CharField(max_length=64)),
                ('columns', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(blank=True, null=True, verbose_name='first day of the month')),
                ('text', models.TextField()),
                ('on', models.DateField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.BinaryField()),
                ('name_mark', models.BinaryField()),
                ('kind', models.CharField(blank=True, choices=[('patient_or_service_user', 'Patient or service user'), ('carer', 'Carer'), ('public_member', 'Member of the public'), ('community_group', 'Community group'), ('vcse_organisation', 'Voluntary or community organisation'), ('clinician', 'Clinician'), ('allied_health_professional', 'Allied health professional'), ('nurse_midwife', 'Nurse or midwife'), ('service_manager', 'Service manager'), ('commissioner', 'Commissioner'), ('executive', 'Executive'), ('analyst', 'Analyst'), ('social_care_practitioner', 'Social care practitioner'), ('local_government_officer', 'Council officer'), ('elected_member', 'Elected member'), ('policy_maker', 'Policy maker'), ('academic', 'Academic'), ('designer', 'Designer'), ('funder', 'Funder'), ('industry', 'Industry'), ('other', 'Other')], max_length=30)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='DiaryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('text', models.BinaryField()),
                ('made_on', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name_plural': 'diary entries',
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='FirstDaysLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.PositiveSmallIntegerField()),
                ('key', models.CharField(blank=True, max_length=60)),
                ('text', models.BinaryField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['week', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LogFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('csv', 'CSV'), ('xlsx', 'Excel'), ('ics', 'Calendar')], max_length=4)),
                ('mark', models.BinaryField()),
                ('asked_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=600)),
                ('head', models.BinaryField(blank=True, null=True)),
                ('columns', models.JSONField(default=dict)),
                ('unit', models.CharField(choices=[('minutes', 'Minutes'), ('hours', 'Hours'), ('seconds', 'Seconds')], default='minutes', max_length=10)),
                ('late_reason', models.CharField(blank=True, choices=[('away', 'I was away'), ('no_time', 'I had no time'), ('no_access', 'I could not sign in'), ('copied', 'Copied from another record'), ('other', 'Another reason')], max_length=20)),
                ('counts', models.JSONField(default=dict)),
                ('brought_in_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='LogFileRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name="the row's number in the sheet")),
                ('state', models.CharField(choices=[('good', 'Ready to bring in'), ('same', 'The same as an earlier row of the file'), ('bad', 'To be put right'), ('here', 'Here already'), ('made', 'Brought in')], max_length=10)),
                ('date', models.DateField(blank=True, null=True)),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('kind', models.CharField(blank=True, choices=[('relational', 'Meeting and connecting people'), ('knowledge_creation', 'Finding, making or feeding back evidence'), ('educational', 'Teaching and coaching'), ('advice_consultation', 'Answering a question'), ('project_management', 'Planning, approvals, reporting and bids'), ('supervision_support', 'Supervision, peers and thinking time'), ('academic_home', 'University work'), ('bid_development', 'Writing a bid'), ('reflection', 'Thinking time')], max_length=30)),
                ('place', models.CharField(blank=True, choices=[('host', 'At the host'), ('academic_home', 'At the university'), ('remote', 'At home or on the way'), ('community', 'In the community')], max_length=20)),
                ('text', models.BinaryField(blank=True, null=True)),
                ('said', models.BinaryField(blank=True, null=True)),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='LogHabit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nudges_off_on', models.DateField(blank=True, null=True, verbose_name='no reminders since')),
            ],
        ),
        migrations.CreateModel(
            name='MonthlyPulse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='first day of the month')),
                ('answers', models.BinaryField()),
                ('shared_on', models.DateField(blank=True, null=True)),
                ('getting_in', models.CharField(blank=True, choices=[('well', 'Going well'), ('so_so', 'So-so'), ('stuck', 'Stuck')], max_length=10)),
                ('line_of_work', models.CharField(blank=True, choices=[('well', 'Going well'), ('so_so', 'So-so'), ('stuck', 'Stuck')], max_length=10, verbose_name='a clear line of work')),
                ('academic', models.CharField(blank=True, choices=[('well', 'Going well'), ('so_so', 'So-so'), ('stuck', 'Stuck')], max_length=10, verbose_name='staying an academic')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-month', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('readers', models.CharField(choices=[('only_me', 'Only me'), ('people', 'People I name'), ('residency', 'Everyone in the residency')], max_length=20)),
                ('shared_on', models.DateField()),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-shared_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PeerMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('learning', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PeerSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('als', 'Action learning set'), ('cop', 'Community of practice')], max_length=10)),
                ('name', models.CharField(max_length=120)),
                ('facilitator_name', models.CharField(blank=True, max_length=120)),
                ('every_weeks', models.PositiveSmallIntegerField(default=6)),
                ('ground_rules', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PeerSetMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PlannedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('kind', models.CharField(blank=True, choices=[('relational', 'Meeting and connecting people'), ('knowledge_creation', 'Finding, making or feeding back evidence'), ('educational', 'Teaching and coaching'), ('advice_consultation', 'Answering a question'), ('project_management', 'Planning, approvals, reporting and bids'), ('supervision_support', 'Supervision, peers and thinking time'), ('academic_home', 'University work'), ('bid_development', 'Writing a bid'), ('reflection', 'Thinking time')], max_length=30)),
                ('text', models.BinaryField(blank=True, null=True)),
                ('place', models.CharField(blank=True, choices=[('host', 'At the host'), ('academic_home', 'At the university'), ('remote', 'At home or on the way'), ('community', 'In the community')], max_length=20)),
                ('origin', models.CharField(choices=[('typed', 'Typed in'), ('calendar', 'From a calendar')], max_length=10)),
                ('uid_mark', models.BinaryField(blank=True, null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('logged', 'Logged'), ('left_out', 'Left out')], default='waiting', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name_plural': 'planned entries',
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PortfolioLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('module', models.PositiveSmallIntegerField(choices=[(1, 'Knowledge'), (2, 'Individuals'), (3, 'Wider research community'), (4, 'Broader society')])),
                ('text', models.BinaryField(blank=True, null=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['module', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField()),
                ('what', models.BinaryField()),
                ('answer', models.CharField(choices=[('waiting', 'Waiting for an answer'), ('yes', 'Yes'), ('not_now', 'Not now'), ('no', 'No')], default='waiting', max_length=10)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('told_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-asked_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ScopeChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('what', models.CharField(max_length=300, verbose_name='what came in')),
                ('gave_way', models.CharField(max_length=300, verbose_name='what gave way')),
            ],
            options={
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SupervisionMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('host', 'The host'), ('university', 'The university')], max_length=10)),
                ('with_name', models.CharField(max_length=120)),
                ('on', models.DateField()),
                ('agreed', models.TextField(blank=True)),
                ('next_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='activity',
            name='activity_says_what',
        ),
        migrations.AddField(
            model_name='activity',
            name='named_readers',
            field=models.ManyToManyField(blank=True, related_name='activities_to_read', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='activity',
            name='output',
            field=models.CharField(blank=True, choices=[('publication', 'Publication'), ('collaboration', 'Collaboration or partnership'), ('further_funding', 'Further funding'), ('engagement', 'Engagement activity'), ('influence', 'Influence on policy or practice'), ('tool_or_method', 'Research tool or method'), ('dataset', 'Dataset, database or model'), ('software', 'Software'), ('award', 'Award or recognition'), ('briefing', 'Briefing'), ('dashboard', 'Dashboard'), ('slide_set', 'Slide set'), ('service_report', 'Service report'), ('training_pack', 'Training pack'), ('protocol', 'Protocol'), ('plain_summary', 'Plain English summary'), ('animation', 'Animation')], db_default='', default='', max_length=30),
        ),
        migrations.AddField(
            model_name='activity',
            name='readers',
            field=models.CharField(choices=[('only_me', 'Only me'), ('people', 'People I name'), ('residency', 'Everyone in the residency')], db_default='only_me', default='only_me', max_length=20),
        ),
        migrations.AddField(
            model_name='activity',
            name='sealed',
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='sign',
            field=models.CharField(blank=True, choices=[('seen', 'Somebody asked for me by name'), ('valued', 'I was asked to help decide'), ('trusted', 'I was shown something unfinished, or bad news'), ('network', 'People I put in touch still talk after three months'), ('evidence_asked_for', 'Somebody asked for evidence without being prompted'), ('evidence_cited', 'A local paper cited evidence'), ('method_taken_up', 'Somebody else ran the method')], db_default='', default='', max_length=30),
        ),
        migrations.AddField(
            model_name='away',
            name='end_noon',
            field=models.BooleanField(db_default=False, default=False, verbose_name='until noon of the last day'),
        ),
        migrations.AddField(
            model_name='away',
            name='start_afternoon',
            field=models.BooleanField(db_default=False, default=False, verbose_name='from noon of the first day'),
        ),
        migrations.AddField(
            model_name='programme',
            name='half_days_only',
            field=models.BooleanField(db_default=False, default=False, verbose_name='the log knows half-days alone'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='late_reason',
            field=models.CharField(blank=True, choices=[('away', 'I was away'), ('no_time', 'I had no time'), ('no_access', 'I could not sign in'), ('copied', 'Copied from another record'), ('other', 'Another reason')], default='', max_length=200, verbose_name='why it is entered late'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='what',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='what you did'),
        ),
        migrations.AddConstraint(
            model_name='away',
            constraint=models.CheckConstraint(condition=models.Q(('end_noon', True), ('start', models.F('end')), ('start_afternoon', True), _negated=True), name='away_is_half_a_day_or_more'),
        ),
        migrations.AddField(
            model_name='agreedshare',
            name='residency',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='agreed_shares', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='columnmemory',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='column_memories', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='comment',
            name='activity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='programmes.activity'),
        ),
        migrations.AddField(
            model_name='comment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='comment',
            name='residency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='contact',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.organisation'),
        ),
        migrations.AddField(
            model_name='contact',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='activity',
            name='met',
            field=models.ManyToManyField(blank=True, related_name='activities', to='programmes.contact'),
        ),
        migrations.AddField(
            model_name='activity',
            name='requester',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_for', to='programmes.contact'),
        ),
        migrations.AddField(
            model_name='diaryentry',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='diary_entries', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='firstdaysline',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='first_days', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='firstdaysline',
            name='residency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='first_days', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='logfile',
            name='content',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='log_files', to='files.madefile'),
        ),
        migrations.AddField(
            model_name='logfile',
            name='importing',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_import', to='jobs.job'),
        ),
        migrations.AddField(
            model_name='logfile',
            name='job',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_file', to='jobs.job'),
        ),
        migrations.AddField(
            model_name='logfile',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='log_files', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='logfile',
            name='residency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='log_files', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='activity',
            name='file',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='programmes.logfile'),
        ),
        migrations.AddField(
            model_name='logfilerow',
            name='file',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='programmes.logfile'),
        ),
        migrations.AddField(
            model_name='logfilerow',
            name='host',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.organisation'),
        ),
        migrations.AddField(
            model_name='logfilerow',
            name='project',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.project'),
        ),
        migrations.AddField(
            model_name='logfilerow',
            name='residency',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='loghabit',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='log_habit', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='monthlypulse',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='pulses', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='monthlypulse',
            name='residency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pulses', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='passage',
            name='activity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='passages', to='programmes.activity'),
        ),
        migrations.AddField(
            model_name='passage',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='passage',
            name='named_readers',
            field=models.ManyToManyField(blank=True, related_name='passages_to_read', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='passage',
            name='residency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='comment',
            name='passage',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='programmes.passage'),
        ),
        migrations.AddField(
            model_name='peermeeting',
            name='attended',
            field=models.ManyToManyField(blank=True, related_name='peer_meetings', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='peerset',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_sets', to='programmes.programme'),
        ),
        migrations.AddField(
            model_name='peermeeting',
            name='set',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='programmes.peerset'),
        ),
        migrations.AddField(
            model_name='peersetmember',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_sets', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='peersetmember',
            name='set',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='programmes.peerset'),
        ),
        migrations.AddField(
            model_name='plannedentry',
            name='activity',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='planned', to='programmes.activity'),
        ),
        migrations.AddField(
            model_name='plannedentry',
            name='file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='planned_entries', to='programmes.logfile'),
        ),
        migrations.AddField(
            model_name='plannedentry',
            name='host',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.organisation'),
        ),
        migrations.AddField(
            model_name='plannedentry',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='planned_entries', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='plannedentry',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.project'),
        ),
        migrations.AddField(
            model_name='plannedentry',
            name='residency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='planned_entries', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='portfolioline',
            name='activity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='portfolio_lines', to='programmes.activity'),
        ),
        migrations.AddField(
            model_name='portfolioline',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='portfolio_lines', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='portfolioline',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='portfolio_lines', to='programmes.project'),
        ),
        migrations.AddField(
            model_name='portfolioline',
            name='use',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='portfolio_lines', to='programmes.useindecision'),
        ),
        migrations.AddField(
            model_name='request',
            name='asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='programmes.contact'),
        ),
        migrations.AddField(
            model_name='request',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='request',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='programmes.project'),
        ),
        migrations.AddField(
            model_name='request',
            name='residency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='scopechange',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scope_changes', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='scopechange',
            name='residency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scope_changes', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='supervisionmeeting',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervision_meetings', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='supervisionmeeting',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person'),
        ),
        migrations.AddField(
            model_name='supervisionmeeting',
            name='residency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervision_meetings', to='programmes.residency'),
        ),
        migrations.AddField(
            model_name='supervisionmeeting',
            name='with_person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supervision_given', to='accounts.person'),
        ),
        migrations.AddConstraint(
            model_name='agreedshare',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['relational', 'knowledge_creation', 'educational', 'advice_consultation', 'project_management', 'supervision_support', 'academic_home'])), name='agreed_share_kind_is_plain'),
        ),
        migrations.AddConstraint(
            model_name='agreedshare',
            constraint=models.CheckConstraint(condition=models.Q(('percent__range', (1, 100))), name='agreed_share_up_to_all'),
        ),
        migrations.AddConstraint(
            model_name='agreedshare',
            constraint=models.UniqueConstraint(models.F('residency'), models.F('kind'), models.F('since'), name='agreed_share_once'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='api_token_is_hashed'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='api_token_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=366))))), name='api_token_lasts_a_year_at_most'),
        ),
        migrations.AddConstraint(
            model_name='columnmemory',
            constraint=models.UniqueConstraint(models.F('person'), models.F('shape'), name='column_memory_once'),
        ),
        migrations.AddConstraint(
            model_name='columnmemory',
            constraint=models.CheckConstraint(condition=models.Q(('shape__regex', '^[0-9a-f]{64}$')), name='column_memory_shape'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(models.F('person'), models.F('name_mark'), name='contact_once'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('kind', ''), ('kind__in', ['patient_or_service_user', 'carer', 'public_member', 'community_group', 'vcse_organisation', 'clinician', 'allied_health_professional', 'nurse_midwife', 'service_manager', 'commissioner', 'executive', 'analyst', 'social_care_practitioner', 'local_government_officer', 'elected_member', 'policy_maker', 'academic', 'designer', 'funder', 'industry', 'other']), _connector='OR'), name='contact_kind_is_known'),
        ),
        migrations.AddIndex(
            model_name='diaryentry',
            index=models.Index(models.F('person'), models.F('on'), models.F('id'), name='diary_by_person_day'),
        ),
        migrations.AddConstraint(
            model_name='firstdaysline',
            constraint=models.CheckConstraint(condition=models.Q(('week__range', (1, 15))), name='first_days_week_1_to_15'),
        ),
        migrations.AddConstraint(
            model_name='firstdaysline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key', ''), ('text__isnull', False)), models.Q(models.Q(('key', ''), _negated=True), ('text__isnull', True)), _connector='OR'), name='first_days_line_is_of_the_record_or_own'),
        ),
        migrations.AddConstraint(
            model_name='firstdaysline',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('residency', 'person', 'key'), name='first_days_line_once'),
        ),
        migrations.AddConstraint(
            model_name='logfile',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['csv', 'xlsx', 'ics'])), name='log_file_form_is_known'),
        ),
        migrations.AddConstraint(
            model_name='logfile',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['minutes', 'hours', 'seconds'])), name='log_file_unit_is_known'),
        ),
        migrations.AddConstraint(
            model_name='logfile',
            constraint=models.CheckConstraint(condition=models.Q(('late_reason', ''), ('late_reason__in', ['away', 'no_time', 'no_access', 'copied', 'other']), _connector='OR'), name='log_file_late_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='logfile',
            constraint=models.CheckConstraint(condition=models.Q(('importing__isnull', True), models.Q(('checked_at__isnull', False), ('problem', '')), _connector='OR'), name='log_file_is_checked_before_it_is_brought_in'),
        ),
        migrations.AddConstraint(
            model_name='logfile',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), ('brought_in_at__isnull', False), _connector='OR'), name='log_file_is_brought_in_before_it_is_undone'),
        ),
        migrations.AddIndex(
            model_name='logfilerow',
            index=models.Index(models.F('file'), models.F('state'), models.F('number'), name='log_file_row_by_state'),
        ),
        migrations.AddConstraint(
            model_name='logfilerow',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['good', 'same', 'bad', 'here', 'made'])), name='log_file_row_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='logfilerow',
            constraint=models.CheckConstraint(condition=models.Q(('kind', ''), ('kind__in', ['relational', 'knowledge_creation', 'educational', 'advice_consultation', 'project_management', 'supervision_support', 'academic_home', 'bid_development', 'reflection']), _connector='OR'), name='log_file_row_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='logfilerow',
            constraint=models.CheckConstraint(condition=models.Q(('place', ''), ('place__in', ['host', 'academic_home', 'remote', 'community']), _connector='OR'), name='log_file_row_place_is_known'),
        ),
        migrations.AddConstraint(
            model_name='logfilerow',
            constraint=models.UniqueConstraint(models.F('file'), models.F('number'), name='log_file_row_once'),
        ),
        migrations.AddConstraint(
            model_name='logfilerow',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (1, 960))), name='log_file_row_minutes_v60'),
        ),
        migrations.AddConstraint(
            model_name='logfilerow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'good'), _negated=True), models.Q(('date__isnull', False), ('minutes__isnull', False), ('residency__isnull', False), models.Q(('kind', ''), _negated=True)), _connector='OR'), name='log_file_row_good_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='monthlypulse',
            constraint=models.UniqueConstraint(models.F('person'), models.F('residency'), models.F('month'), name='pulse_once_a_month'),
        ),
        migrations.AddConstraint(
            model_name='monthlypulse',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='pulse_month_is_a_first'),
        ),
        migrations.AddConstraint(
            model_name='monthlypulse',
            constraint=models.CheckConstraint(condition=models.Q(('getting_in', ''), ('getting_in__in', ['well', 'so_so', 'stuck']), _connector='OR'), name='pulse_getting_in_is_known'),
        ),
        migrations.AddConstraint(
            model_name='monthlypulse',
            constraint=models.CheckConstraint(condition=models.Q(('line_of_work', ''), ('line_of_work__in', ['well', 'so_so', 'stuck']), _connector='OR'), name='pulse_line_of_work_is_known'),
        ),
        migrations.AddConstraint(
            model_name='monthlypulse',
            constraint=models.CheckConstraint(condition=models.Q(('academic', ''), ('academic__in', ['well', 'so_so', 'stuck']), _connector='OR'), name='pulse_academic_is_known'),
        ),
        migrations.AddConstraint(
            model_name='monthlypulse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('academic', ''), ('getting_in', ''), ('line_of_work', ''), ('shared_on__isnull', True)), models.Q(('shared_on__isnull', False), models.Q(('getting_in', ''), _negated=True), models.Q(('line_of_work', ''), _negated=True), models.Q(('academic', ''), _negated=True)), _connector='OR'), name='pulse_shared_has_its_answers'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(('readers__in', ['people', 'residency'])), name='passage_has_readers'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='passage_says_something'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on__gte', models.F('shared_on'))), name='passage_is_withdrawn_after_it_is_shared'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='comment_month_is_a_first'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', True), ('month__isnull', True), ('passage__isnull', False)), models.Q(('activity__isnull', False), ('month__isnull', True), ('passage__isnull', True)), models.Q(('activity__isnull', True), ('month__isnull', False), ('passage__isnull', True)), _connector='OR'), name='comment_has_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='peerset',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['als', 'cop'])), name='peer_set_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='peerset',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='peer_set_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='peerset',
            constraint=models.CheckConstraint(condition=models.Q(('every_weeks__range', (1, 52))), name='peer_set_meets_in_a_year'),
        ),
        migrations.AddConstraint(
            model_name='peermeeting',
            constraint=models.UniqueConstraint(models.F('set'), models.F('on'), name='peer_meeting_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='peersetmember',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='peer_set_member_leaves_later'),
        ),
        migrations.AddConstraint(
            model_name='peersetmember',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('set', 'person'), name='peer_set_member_once_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='plannedentry',
            index=models.Index(models.F('person'), models.F('state'), models.F('on'), name='planned_by_person_state_day'),
        ),
        migrations.AddConstraint(
            model_name='plannedentry',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['typed', 'calendar'])), name='planned_origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='plannedentry',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'logged', 'left_out'])), name='planned_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='plannedentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind', ''), ('kind__in', ['relational', 'knowledge_creation', 'educational', 'advice_consultation', 'project_management', 'supervision_support', 'academic_home', 'bid_development', 'reflection']), _connector='OR'), name='planned_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='plannedentry',
            constraint=models.CheckConstraint(condition=models.Q(('place', ''), ('place__in', ['host', 'academic_home', 'remote', 'community']), _connector='OR'), name='planned_place_is_known'),
        ),
        migrations.AddConstraint(
            model_name='plannedentry',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__range', (1, 960))), name='planned_minutes_v60'),
        ),
        migrations.AddConstraint(
            model_name='plannedentry',
            constraint=models.UniqueConstraint(condition=models.Q(('uid_mark__isnull', False)), fields=('person', 'uid_mark'), name='planned_event_once'),
        ),
        migrations.AddConstraint(
            model_name='plannedentry',
            constraint=models.CheckConstraint(condition=models.Q(('activity__isnull', True), ('state', 'logged'), _connector='OR'), name='planned_with_an_entry_is_logged'),
        ),
        migrations.AddConstraint(
            model_name='portfolioline',
            constraint=models.CheckConstraint(condition=models.Q(('module__in', [1, 2, 3, 4])), name='portfolio_module_1_to_4'),
        ),
        migrations.AddConstraint(
            model_name='portfolioline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('project__isnull', True), ('use__isnull', True)), models.Q(('activity__isnull', True), ('project__isnull', True), ('use__isnull', False)), models.Q(('activity__isnull', True), ('project__isnull', False), ('use__isnull', True)), models.Q(('activity__isnull', True), ('project__isnull', True), ('text__isnull', False), ('use__isnull', True)), _connector='OR'), name='portfolio_line_is_one_thing_or_text'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('answer__in', ['waiting', 'yes', 'not_now', 'no'])), name='request_answer_is_known'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'waiting'), ('answered_on__isnull', True)), models.Q(models.Q(('answer', 'waiting'), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='request_answered_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('told_on__isnull', True), models.Q(('answered_on__isnull', False), ('told_on__gte', models.F('answered_on'))), _connector='OR'), name='request_is_told_after_it_is_answered'),
        ),
        migrations.AddConstraint(
            model_name='scopechange',
            constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='scope_change_says_what'),
        ),
        migrations.AddConstraint(
            model_name='supervisionmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['host', 'university'])), name='supervision_side_is_known'),
        ),
        migrations.AddConstraint(
            model_name='supervisionmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('with_name', ''), _negated=True), name='supervision_says_with_whom'),
        ),
        migrations.AddConstraint(
            model_name='supervisionmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('next_on__gt', models.F('on'))), name='supervision_next_is_later'),
        ),
    ]
