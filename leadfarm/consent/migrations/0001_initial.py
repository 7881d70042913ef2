import django.contrib.postgres.fields
import django.db.models.deletion
import leadfarm.rules.consent
import leadfarm.rules.privacy
from django.db import migrations, models

from leadfarm.access.masonry import BuildWalls

# Room on the page for HOT updates: the row changes with every touch.
LAWS = "ALTER TABLE consent_pace SET (fillfactor = 50);"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('leads', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.PositiveSmallIntegerField()),
                ('basis', models.PositiveSmallIntegerField()),
                ('wording_version', models.CharField(max_length=40)),
                ('wording', models.TextField(default='')),
                ('source', models.CharField(max_length=120)),
                ('ip', models.GenericIPAddressField(null=True)),
                ('confirmed_ip', models.GenericIPAddressField(null=True)),
                ('signed_up_at', models.DateTimeField(null=True)),
                ('happened_at', models.DateTimeField()),
                ('known_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'contact', 'purpose'], name='consent_valid'), models.Index(condition=models.Q(('expires_at__isnull', False), ('withdrawn_at', None)), fields=['workspace', 'expires_at'], name='consent_running_out')],
                'constraints': [models.CheckConstraint(condition=models.Q(('known_at__lte', models.F('recorded_at'))), name='a_consent_is_known_before_it_is_recorded'), models.CheckConstraint(condition=models.Q(models.Q(('wording_version', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='a_consent_says_which_words_and_where')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contacts', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('hashes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ('request_id', models.BigIntegerField(null=True)),
                ('erased_at', models.DateTimeField()),
                ('reason', models.PositiveSmallIntegerField()),
                ('counts', models.JSONField(default=dict)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', '-erased_at'], name='erasure_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Pace',
            fields=[
                ('contact', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='leads.contact')),
                ('next_free_at', models.DateTimeField()),
                ('recent_at', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), size=None)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('recent_at__len__gte', 1)), name='a_pace_remembers_at_least_one_touch')],
            },
        ),
        migrations.CreateModel(
            name='PrivacyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('state', models.PositiveSmallIntegerField(default=leadfarm.rules.privacy.RequestState['OPEN'])),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('note', models.CharField(default='', max_length=300)),
                ('not_before', models.DateTimeField(null=True)),
                ('steps', models.PositiveSmallIntegerField(default=0)),
                ('steps_done', models.PositiveSmallIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(default='', max_length=300)),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.contact')),
                ('ended_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('made_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', [leadfarm.rules.privacy.RequestState['OPEN'], leadfarm.rules.privacy.RequestState['WAITING'], leadfarm.rules.privacy.RequestState['RUNNING']])), fields=['workspace', 'due_at'], name='request_to_answer'), models.Index(fields=['workspace', '-asked_at'], name='request_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', [leadfarm.rules.privacy.RequestState['OPEN'], leadfarm.rules.privacy.RequestState['WAITING'], leadfarm.rules.privacy.RequestState['RUNNING']])), models.Q(models.Q(('state__in', [leadfarm.rules.privacy.RequestState['OPEN'], leadfarm.rules.privacy.RequestState['WAITING'], leadfarm.rules.privacy.RequestState['RUNNING']]), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='an_ended_request_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', leadfarm.rules.privacy.RequestState['REFUSED']), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='a_refused_request_says_why'), models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('asked_at'))), name='a_request_is_not_due_before_it_was_made'), models.CheckConstraint(condition=models.Q(models.Q(('kind', leadfarm.rules.privacy.RequestKind['ERASURE']), _negated=True), models.Q(('state__in', [leadfarm.rules.privacy.RequestState['WAITING'], leadfarm.rules.privacy.RequestState['RUNNING']]), _negated=True), ('contact__isnull', False), _connector='OR'), name='an_erasure_under_way_knows_whom'), models.UniqueConstraint(condition=models.Q(('contact__isnull', False), ('state__in', [leadfarm.rules.privacy.RequestState['OPEN'], leadfarm.rules.privacy.RequestState['WAITING'], leadfarm.rules.privacy.RequestState['RUNNING']])), fields=('workspace', 'contact', 'kind'), name='one_request_of_a_kind_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='PrivacyRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('erasure_wait_days', models.PositiveSmallIntegerField(default=0)),
                ('payload_days', models.PositiveSmallIntegerField(null=True)),
                ('mail_days', models.PositiveSmallIntegerField(null=True)),
                ('note_days', models.PositiveSmallIntegerField(null=True)),
                ('file_days', models.PositiveSmallIntegerField(null=True)),
                ('receipt_days', models.PositiveSmallIntegerField(null=True)),
                ('sleeping_months', models.PositiveSmallIntegerField(null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace',), name='one_privacy_rule_per_workspace')],
            },
        ),
        migrations.CreateModel(
            name='PurposeRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.PositiveSmallIntegerField()),
                ('needs_consent', models.BooleanField()),
                ('implied_counts', models.BooleanField(db_default=False, default=False)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'purpose'), name='one_rule_per_purpose')],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.PositiveSmallIntegerField()),
                ('wording_version', models.CharField(max_length=40)),
                ('wording', models.TextField()),
                ('source', models.CharField(max_length=120)),
                ('ip', models.GenericIPAddressField(null=True)),
                ('is_unproven', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('mailed_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('consent', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consent.consent')),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('confirmed_at', None), ('is_unproven', True)), fields=['workspace', 'contact'], name='sign_up_unproven')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at', None)), fields=('workspace', 'contact', 'purpose'), name='one_sign_up_waits_per_contact_and_purpose'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('asked_at'))), name='a_sign_up_expires_after_it_was_asked'), models.CheckConstraint(condition=models.Q(models.Q(('wording_version', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='a_sign_up_says_which_words_and_where')],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_hash', models.CharField(default='', max_length=64)),
                ('reason', models.PositiveSmallIntegerField()),
                ('channel', models.PositiveSmallIntegerField()),
                ('purpose', models.PositiveSmallIntegerField(null=True)),
                ('made_at', models.DateTimeField()),
                ('message_id', models.BigIntegerField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_because', models.CharField(default='', max_length=200)),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.contact')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('lifted_at', None), models.Q(('address_hash', ''), _negated=True)), fields=['workspace', 'address_hash'], name='suppression_by_address')],
                'constraints': [models.CheckConstraint(condition=models.Q(('contact__isnull', False), models.Q(('address_hash', ''), _negated=True), _connector='OR'), name='a_suppression_bars_somebody'), models.CheckConstraint(condition=models.Q(('lifted_at', None), models.Q(('reason', leadfarm.rules.consent.SuppressionReason['ERASED']), _negated=True), _connector='OR'), name='an_erasure_is_never_lifted'), models.CheckConstraint(condition=models.Q(('lifted_at', None), models.Q(('lifted_because', ''), _negated=True), _connector='OR'), name='a_lifted_suppression_says_why'), models.UniqueConstraint(condition=models.Q(('contact__isnull', False), ('lifted_at', None)), fields=('workspace', 'contact', 'reason', 'purpose'), name='a_contact_is_barred_once_per_reason', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='AddressKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace',), name='one_address_key_per_workspace')],
            },
        ),
        migrations.CreateModel(
            name='AskedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nature', models.PositiveSmallIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('planned_at', models.DateTimeField(null=True)),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('text', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.personaltext')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('planned_at', None)), fields=['workspace', 'asked_at'], name='asked_mail_to_plan')],
            },
        ),
        migrations.CreateModel(
            name='Cleaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cleaned_at', models.DateTimeField()),
                ('counts', models.JSONField(default=dict)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', '-cleaned_at'], name='cleaning_by_time')],
            },
        ),
        migrations.RunSQL(LAWS, migrations.RunSQL.noop),
        BuildWalls(),
    ]
