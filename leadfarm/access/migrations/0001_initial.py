import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import leadfarm.rules.codes
import leadfarm.rules.dispositions
from django.conf import settings
from django.db import migrations, models

from leadfarm.access.masonry import BuildWalls

# What counts and limits across all web processes. Unlogged: a crash of the server forgets it, and
# counting costs no write to disk.
TALLIES = """
CREATE UNLOGGED TABLE access_tally
    (key text PRIMARY KEY, until timestamptz NOT NULL, count integer NOT NULL);
CREATE INDEX tally_over ON access_tally (until);
CREATE UNLOGGED TABLE access_cache
    (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX cache_over ON access_cache (expires);
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('is_active', models.BooleanField(default=True)),
                ('date_joined', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_is_lower_case')],
            },
        ),
        migrations.CreateModel(
            name='Workspace',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('time_zone', models.CharField(default='UTC', max_length=64)),
                ('country', models.CharField(default='DE', max_length=2)),
                ('currency', models.CharField(default='EUR', max_length=3)),
                ('created_at', models.DateTimeField()),
                ('went_live_at', models.DateTimeField()),
                ('is_demo', models.BooleanField(default=False)),
                ('half_life_days', models.FloatField(default=30)),
                ('quiet_days', models.FloatField(default=3)),
                ('weekly_cap', models.PositiveSmallIntegerField(default=2)),
                ('dossier_frame', models.CharField(default='seed-8', max_length=12)),
                ('enriches', models.BooleanField(default=True)),
                ('working_from', models.TimeField(default='09:00')),
                ('working_until', models.TimeField(default='17:00')),
                ('needs_second_factor', models.BooleanField(default=False)),
                ('opened_with', models.CharField(max_length=64, null=True, unique=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('half_life_days__gte', 0.041666666666666664)), name='half_life_is_longer_than_an_hour'), models.CheckConstraint(condition=models.Q(('working_until__gt', models.F('working_from'))), name='a_working_day_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('side', models.PositiveSmallIntegerField()),
                ('is_firm', models.BooleanField(default=False)),
                ('daily_cap', models.PositiveSmallIntegerField(null=True)),
                ('hourly_rate', models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='a_team_name_is_taken_once'), models.CheckConstraint(condition=models.Q(('side__in', [leadfarm.rules.dispositions.Side['MARKETING'], leadfarm.rules.dispositions.Side['PD'], leadfarm.rules.dispositions.Side['SALES']])), name='a_firm_works_for_marketing_pd_or_sales')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.PositiveSmallIntegerField()),
                ('firm_id', models.BigIntegerField(null=True)),
                ('name', models.CharField(max_length=120)),
                ('time_zone', models.CharField(default='', max_length=64)),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.team')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'user'), name='a_person_is_a_member_once'), models.CheckConstraint(condition=models.Q(('firm_id', None), models.Q(('role__in', [leadfarm.rules.codes.Role['PD'], leadfarm.rules.codes.Role['SALES_REP']]), ('team_id', models.F('firm_id'))), _connector='OR'), name='a_firm_member_is_a_prospect_developer_or_sales_rep')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('role', models.PositiveSmallIntegerField()),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('invited_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='access.member')),
                ('team', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.team')),
                ('workspace', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('action', models.CharField(max_length=60)),
                ('target_kind', models.CharField(default='', max_length=40)),
                ('target_id', models.BigIntegerField(null=True)),
                ('details', models.JSONField(null=True)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', '-at'], name='audit_by_time')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('secret_hash', models.CharField(max_length=64)),
                ('hint', models.CharField(max_length=4)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None)),
                ('made_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('firm', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.team')),
                ('made_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'secret_hash'), name='a_secret_opens_one_door'), models.CheckConstraint(condition=models.Q(('scopes', []), _negated=True), name='a_token_may_do_something')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('subject_id', models.BigIntegerField()),
                ('many', models.PositiveIntegerField(db_default=1, default=1)),
                ('happened_at', models.DateTimeField()),
                ('told_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('message_id', models.BigIntegerField(null=True)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'member', '-told_at', '-id'], name='inbox_by_member'), models.Index(condition=models.Q(('read_at', None)), fields=['workspace', 'member'], name='inbox_unread'), models.Index(condition=models.Q(('message_id', None), ('read_at', None)), fields=['workspace', 'told_at'], name='notification_to_mail'), models.Index(condition=models.Q(('message_id__isnull', False)), fields=['workspace', 'message_id'], name='notification_by_mail')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'member', 'kind', 'subject_id', 'happened_at'), name='a_member_is_told_once_of_what_happened'), models.CheckConstraint(condition=models.Q(('many__gte', 1)), name='a_notification_is_of_something')],
            },
        ),
        migrations.CreateModel(
            name='NotificationChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('by_mail', models.PositiveSmallIntegerField()),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'member', 'kind'), name='a_member_chooses_once_per_kind')],
            },
        ),
        migrations.RunSQL(TALLIES, migrations.RunSQL.noop),
        BuildWalls(
            threshold={
                "access_workspace": "id",
                "access_member": "workspace_id",
                "access_invitation": "workspace_id",
            }
        ),
    ]
