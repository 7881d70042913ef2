from pathlib import Path

import django.db.models.deletion
import leadfarm.nurture.models.enrolment
import leadfarm.nurture.models.program
import leadfarm.rules.consent
from django.db import migrations, models

from leadfarm.access.masonry import BuildWalls


LAWS = (Path(__file__).parent.parent / "sql" / "laws.sql").read_text()


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('leads', '0001_initial'),
        ('outreach', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('pk', models.CompositePrimaryKey('workspace_id', 'lead_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('lead_id', models.BigIntegerField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('state', models.PositiveSmallIntegerField(default=leadfarm.nurture.models.program.ProgramState['DRAFT'])),
                ('version_id', models.BigIntegerField(null=True)),
                ('draft', models.JSONField(null=True)),
                ('draft_number', models.PositiveIntegerField(db_default=0, default=0)),
                ('edit', models.PositiveIntegerField(db_default=0, default=0)),
                ('priority', models.PositiveSmallIntegerField(default=100)),
                ('entry', models.JSONField(null=True)),
                ('reentry_days', models.PositiveSmallIntegerField(null=True)),
                ('takes_not_ready', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('paused_at', models.DateTimeField(null=True)),
                ('complaints', models.PositiveIntegerField(db_default=0, default=0)),
                ('complained_of', models.PositiveIntegerField(db_default=0, default=0)),
                ('complained_at', models.DateTimeField(null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='a_program_is_named_once'), models.UniqueConstraint(condition=models.Q(('takes_not_ready', True)), fields=('workspace',), name='one_program_takes_what_is_not_ready'), models.CheckConstraint(condition=models.Q(('state', leadfarm.nurture.models.program.ProgramState['DRAFT']), ('version_id__isnull', False), _connector='OR'), name='a_running_program_has_a_version'), models.CheckConstraint(condition=models.Q(models.Q(('paused_at__isnull', False), ('state', leadfarm.nurture.models.program.ProgramState['PAUSED'])), models.Q(models.Q(('state', leadfarm.nurture.models.program.ProgramState['PAUSED']), _negated=True), ('paused_at', None)), _connector='OR'), name='a_program_is_paused_since_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Edit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('tree', models.JSONField(null=True)),
                ('said', models.CharField(max_length=200)),
                ('step', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('program', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='nurture.program')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'program', 'number'), name='an_edit_of_a_program_is_numbered_once')],
            },
        ),
        migrations.CreateModel(
            name='ProgramVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('tree', models.JSONField()),
                ('first_key', models.CharField(max_length=60)),
                ('published_at', models.DateTimeField()),
                ('program', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='nurture.program')),
                ('published_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'program', 'number'), name='a_version_number_is_given_once')],
            },
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('kind', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=160)),
                ('position', models.PositiveSmallIntegerField()),
                ('settings', models.JSONField()),
                ('listens', models.JSONField(null=True)),
                ('template_version', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.templateversion')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='nurture.programversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'version', 'key'), name='a_node_key_is_given_once')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.PositiveSmallIntegerField(default=leadfarm.nurture.models.enrolment.EnrolmentState['ACTIVE'])),
                ('waiting', models.BooleanField(default=False)),
                ('wake_at', models.DateTimeField(null=True)),
                ('since', models.DateTimeField()),
                ('entered_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('heard', models.SmallIntegerField(null=True)),
                ('steps', models.PositiveSmallIntegerField(default=0)),
                ('cycle', models.PositiveSmallIntegerField(default=1)),
                ('moved', models.BooleanField(db_default=False, default=False)),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.contact')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('node', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='nurture.node')),
                ('program', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='nurture.program')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='nurture.programversion')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', leadfarm.nurture.models.enrolment.EnrolmentState['ACTIVE'])), fields=['workspace', 'node', 'wake_at'], name='enrolment_due'), models.Index(condition=models.Q(('state__in', (leadfarm.nurture.models.enrolment.EnrolmentState['PENDING'], leadfarm.nurture.models.enrolment.EnrolmentState['ACTIVE'], leadfarm.nurture.models.enrolment.EnrolmentState['PAUSED'])), _negated=True), fields=['workspace', 'lead'], name='enrolment_ended')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', (leadfarm.nurture.models.enrolment.EnrolmentState['PENDING'], leadfarm.nurture.models.enrolment.EnrolmentState['ACTIVE'], leadfarm.nurture.models.enrolment.EnrolmentState['PAUSED']))), fields=('workspace', 'lead', 'program'), name='a_lead_is_in_a_program_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', leadfarm.nurture.models.enrolment.EnrolmentState['ACTIVE']), _negated=True), models.Q(('ended_at', None), ('wake_at__isnull', False)), _connector='OR'), name='an_active_enrolment_has_something_to_wait_for'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', (leadfarm.nurture.models.enrolment.EnrolmentState['PENDING'], leadfarm.nurture.models.enrolment.EnrolmentState['ACTIVE'], leadfarm.nurture.models.enrolment.EnrolmentState['PAUSED']))), models.Q(models.Q(('state__in', (leadfarm.nurture.models.enrolment.EnrolmentState['PENDING'], leadfarm.nurture.models.enrolment.EnrolmentState['ACTIVE'], leadfarm.nurture.models.enrolment.EnrolmentState['PAUSED'])), _negated=True), ('ended_at__isnull', False), ('wake_at', None)), _connector='OR'), name='an_ended_enrolment_is_not_woken')],
            },
        ),
        migrations.CreateModel(
            name='StepLog',
            fields=[
                ('pk', models.CompositePrimaryKey('workspace_id', 'enrolment_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('enrolment_id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('node_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('way', models.CharField(max_length=60)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'node_id', 'way'], name='step_by_node')],
            },
        ),
        migrations.CreateModel(
            name='Stream',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('purpose', models.PositiveSmallIntegerField(default=leadfarm.rules.consent.Purpose['INFORMATION'])),
                ('made_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='a_stream_is_named_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_stream_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('added_at', models.DateTimeField()),
                ('until', models.DateField(null=True)),
                ('retired_at', models.DateTimeField(null=True)),
                ('template', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.template')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('stream', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='nurture.stream')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('workspace', 'stream', 'template'), name='a_piece_is_in_a_stream_once')],
            },
        ),
        migrations.AddField(
            model_name='node',
            name='stream',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='nurture.stream'),
        ),
        migrations.CreateModel(
            name='Way',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(max_length=60)),
                ('rank', models.PositiveSmallIntegerField()),
                ('clause', models.JSONField(null=True)),
                ('node', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='nurture.node')),
                ('to', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='nurture.node')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'node', 'way'), name='a_way_leads_to_one_step')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('enrolment', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='nurture.enrolment')),
                ('began_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('over_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('over_at', None)), fields=['workspace', 'until'], name='rest_over')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('over_at', None)), fields=('workspace', 'enrolment'), name='a_lead_rests_once_at_a_time'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('began_at'))), name='a_rest_ends_after_it_begins')],
            },
        ),
        BuildWalls(),
        migrations.RunSQL(LAWS, migrations.RunSQL.noop),
    ]
