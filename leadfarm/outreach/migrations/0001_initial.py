import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import leadfarm.outreach.codes
import leadfarm.rules.consent
import leadfarm.rules.quiet_window
from django.db import migrations, models

from leadfarm.access.masonry import BuildWalls

# Constraints that Django cannot say, and the shape of the rows on disk. Mail of a demo workspace
# stays in its mailbox: it cannot have a mail server, and only it has a mailbox.
LAWS = """
ALTER TABLE outreach_message SET (fillfactor = 70);
CREATE SEQUENCE outreach_lease_number;
ALTER TABLE access_workspace
    ADD CONSTRAINT a_workspace_is_a_demo_or_not UNIQUE (id, is_demo);
ALTER TABLE outreach_mailserver
    ADD COLUMN demo boolean NOT NULL GENERATED ALWAYS AS (false) STORED,
    ADD CONSTRAINT a_demo_has_no_mail_server
        FOREIGN KEY (workspace_id, demo) REFERENCES access_workspace (id, is_demo);
ALTER TABLE outreach_mailboxmail
    ADD COLUMN demo boolean NOT NULL GENERATED ALWAYS AS (true) STORED,
    ADD CONSTRAINT only_a_demo_has_a_mailbox
        FOREIGN KEY (workspace_id, demo) REFERENCES access_workspace (id, is_demo);
"""



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('leads', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('purpose', models.PositiveSmallIntegerField(default=leadfarm.rules.consent.Purpose['INFORMATION'])),
                ('source_kind', models.PositiveSmallIntegerField(default=leadfarm.outreach.codes.SourceKind['RICH'])),
                ('draft_subject', models.CharField(default='', max_length=300)),
                ('draft_body', models.TextField(default='')),
                ('drafted_at', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='a_template_is_named_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_template_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='TemplateVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('source_kind', models.PositiveSmallIntegerField()),
                ('subject', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('html', models.TextField()),
                ('text', models.TextField()),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('template', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='outreach.template')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'template', 'number'), name='a_version_has_its_own_number')],
            },
        ),
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('name', models.CharField(max_length=120)),
                ('state', models.PositiveSmallIntegerField(default=leadfarm.outreach.codes.MailingState['DRAFT'])),
                ('template', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.template')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.templateversion')),
                ('audience', models.JSONField(null=True)),
                ('chosen', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
                ('go_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('in_archive', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('planned_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('began_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('left_out', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', leadfarm.outreach.codes.MailingState['PLANNED'])), fields=['workspace', 'go_at'], name='mailing_to_begin')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='a_mailing_is_named_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_mailing_has_a_name'), models.CheckConstraint(condition=models.Q(('state', leadfarm.outreach.codes.MailingState['DRAFT']), models.Q(('go_at__isnull', False), ('until__isnull', False), ('version__isnull', False)), _connector='OR'), name='a_planned_mailing_says_when_and_with_which_words'), models.CheckConstraint(condition=models.Q(('go_at', None), ('until', None), ('until__gt', models.F('go_at')), _connector='OR'), name='a_mailing_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', [leadfarm.outreach.codes.MailingState['GOING'], leadfarm.outreach.codes.MailingState['DONE']]), _negated=True), ('began_at__isnull', False), _connector='OR'), name='a_mailing_under_way_has_begun')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('kind', models.PositiveSmallIntegerField()),
                ('state', models.PositiveSmallIntegerField(db_default=1, default=leadfarm.outreach.codes.MessageState['PLANNED'])),
                ('nature', models.PositiveSmallIntegerField(db_default=1, default=leadfarm.rules.quiet_window.Nature['UNSOLICITED'])),
                ('attempts', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('held_because', models.PositiveSmallIntegerField(null=True)),
                ('smtp_code', models.PositiveSmallIntegerField(null=True)),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('template_version', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.templateversion')),
                ('text', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.personaltext')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('enrolment_id', models.BigIntegerField(null=True)),
                ('mailing', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='outreach.mailing')),
                ('step_key', models.CharField(db_default='', default='', max_length=60)),
                ('mail_key', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False)),
                ('planned_at', models.DateTimeField()),
                ('not_before', models.DateTimeField()),
                ('window_at', models.DateTimeField(null=True)),
                ('lease', models.BigIntegerField(null=True)),
                ('leased_at', models.DateTimeField(null=True)),
                ('sending_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('bounce', models.PositiveSmallIntegerField(null=True)),
                ('deferred_since', models.DateTimeField(null=True)),
                ('smtp_reply', models.CharField(db_default='', default='', max_length=300)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('kind', leadfarm.outreach.codes.MessageKind['TO_COLLEAGUE'])), fields=['workspace', 'member', '-planned_at'], name='message_to_colleague'), models.Index(condition=models.Q(('template_version__isnull', False)), fields=['workspace', 'contact', 'template_version'], name='message_by_contact'), models.Index(fields=['workspace', 'mail_key'], name='message_by_key'), models.Index(condition=models.Q(('mailing', None), ('state__in', [leadfarm.outreach.codes.MessageState['PLANNED'], leadfarm.outreach.codes.MessageState['HELD']])), fields=['workspace', 'not_before'], name='message_queue'), models.Index(condition=models.Q(('mailing__isnull', False), ('state__in', [leadfarm.outreach.codes.MessageState['PLANNED'], leadfarm.outreach.codes.MessageState['HELD']])), fields=['workspace', 'not_before'], name='mailing_queue'), models.Index(condition=models.Q(('state', leadfarm.outreach.codes.MessageState['LEASED'])), fields=['workspace', 'lease'], name='message_leased'), models.Index(condition=models.Q(('state__in', [leadfarm.outreach.codes.MessageState['IN_DOUBT'], leadfarm.outreach.codes.MessageState['FAILED']])), fields=['workspace', 'state', '-planned_at'], name='message_for_somebody')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('enrolment_id__isnull', False)), fields=('workspace', 'enrolment_id', 'step_key'), name='a_program_plans_a_step_once'), models.UniqueConstraint(condition=models.Q(('mailing__isnull', False)), fields=('workspace', 'mailing', 'lead'), name='a_mailing_is_written_once_a_lead'), models.CheckConstraint(condition=models.Q(('kind__in', [leadfarm.outreach.codes.MessageKind['TEST'], leadfarm.outreach.codes.MessageKind['TO_COLLEAGUE']]), models.Q(('contact__isnull', False), ('lead__isnull', False)), _connector='OR'), name='a_message_goes_to_a_contact_of_a_lead_or_to_a_member'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state__in', [leadfarm.outreach.codes.MessageState['SENT'], leadfarm.outreach.codes.MessageState['BOUNCED']])), models.Q(models.Q(('state__in', [leadfarm.outreach.codes.MessageState['SENT'], leadfarm.outreach.codes.MessageState['BOUNCED']]), _negated=True), ('sent_at', None)), _connector='OR'), name='a_sent_message_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('bounce__isnull', False), ('state', leadfarm.outreach.codes.MessageState['BOUNCED'])), models.Q(models.Q(('state', leadfarm.outreach.codes.MessageState['BOUNCED']), _negated=True), ('bounce', None)), _connector='OR'), name='a_bounced_message_says_what_that_means'), models.CheckConstraint(condition=models.Q(models.Q(('state', leadfarm.outreach.codes.MessageState['LEASED']), _negated=True), models.Q(('lease__isnull', False), ('leased_at__isnull', False)), _connector='OR'), name='a_leased_message_names_its_lease'), models.CheckConstraint(condition=models.Q(('not_before__gte', models.F('planned_at'))), name='a_message_is_not_due_before_it_is_planned')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('url', models.CharField(max_length=2000)),
                ('is_hidden', models.BooleanField(default=False)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='outreach.templateversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'version', 'number'), name='a_link_has_its_own_number')],
            },
        ),
        migrations.CreateModel(
            name='MailServer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=253)),
                ('port', models.PositiveIntegerField(default=587)),
                ('security', models.PositiveSmallIntegerField(default=leadfarm.outreach.codes.Security['STARTTLS'])),
                ('user', models.CharField(default='', max_length=254)),
                ('password_sealed', models.TextField(default='')),
                ('last_sent_at', models.DateTimeField(null=True)),
                ('stopped_since', models.DateTimeField(null=True)),
                ('refused_at', models.DateTimeField(null=True)),
                ('refusal', models.CharField(default='', max_length=300)),
                ('retry_at', models.DateTimeField(null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace',), name='one_mail_server_per_workspace'), models.CheckConstraint(condition=models.Q(('host', ''), _negated=True), name='a_mail_server_has_a_host'), models.CheckConstraint(condition=models.Q(models.Q(('refused_at', None), ('retry_at', None), ('stopped_since', None)), models.Q(('refused_at__isnull', False), ('retry_at__isnull', False), ('stopped_since__isnull', False)), _connector='OR'), name='a_mail_server_that_is_left_alone_is_tried_again')],
            },
        ),
        migrations.CreateModel(
            name='MailboxMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=998)),
                ('html', models.TextField()),
                ('text', models.TextField()),
                ('headers', models.TextField()),
                ('received_at', models.DateTimeField()),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('message', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='outreach.message')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'contact', '-received_at'], name='mailbox_by_contact')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'message'), name='a_message_arrives_once')],
            },
        ),
        migrations.CreateModel(
            name='Click',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('link_number', models.PositiveSmallIntegerField()),
                ('clicked_at', models.DateTimeField()),
                ('user_agent', models.CharField(default='', max_length=300)),
                ('network', models.CharField(default='', max_length=50)),
                ('judged_at', models.DateTimeField(null=True)),
                ('machine_because', models.PositiveSmallIntegerField(null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('message', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='outreach.message')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'message', 'clicked_at'], name='click_by_message'), models.Index(condition=models.Q(('judged_at', None)), fields=['workspace', 'clicked_at'], name='click_to_judge')],
                'constraints': [models.CheckConstraint(condition=models.Q(('machine_because', None), ('judged_at__isnull', False), _connector='OR'), name='only_a_judged_click_can_be_a_machines')],
            },
        ),
        migrations.CreateModel(
            name='Sender',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_name', models.CharField(max_length=120)),
                ('from_address', models.CharField(max_length=254)),
                ('reply_to', models.CharField(default='', max_length=254)),
                ('postal_address', models.CharField(max_length=300)),
                ('dkim_selector', models.CharField(default='', max_length=60)),
                ('dkim_key_sealed', models.TextField(default='')),
                ('dkim_public', models.TextField(default='')),
                ('dns_findings', models.JSONField(default=list)),
                ('dns_asked_at', models.DateTimeField(null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace',), name='one_sender_per_workspace'), models.CheckConstraint(condition=models.Q(('from_address__contains', '@'), models.Q(('postal_address', ''), _negated=True)), name='a_sender_has_an_address_and_a_postal_address')],
            },
        ),
        migrations.CreateModel(
            name='SendingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minute', models.PositiveIntegerField(null=True)),
                ('hour', models.PositiveIntegerField(null=True)),
                ('day', models.PositiveIntegerField(null=True)),
                ('domain_minute', models.PositiveIntegerField(null=True)),
                ('domain_hour', models.PositiveIntegerField(null=True)),
                ('domain_day', models.PositiveIntegerField(null=True)),
                ('warm_up_from', models.DateField(null=True)),
                ('paused_at', models.DateTimeField(null=True)),
                ('paused_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace',), name='one_sending_rule_per_workspace'), models.CheckConstraint(condition=models.Q(models.Q(('minute', 0), _negated=True), models.Q(('hour', 0), _negated=True), models.Q(('day', 0), _negated=True), models.Q(('domain_minute', 0), _negated=True), models.Q(('domain_hour', 0), _negated=True), models.Q(('domain_day', 0), _negated=True)), name='a_limit_of_sending_lets_something_through'), models.CheckConstraint(condition=models.Q(('warm_up_from', None), ('day__isnull', False), _connector='OR'), name='a_warm_up_ends_at_a_limit_of_the_day'), models.CheckConstraint(condition=models.Q(models.Q(('paused_at', None), ('paused_by', None)), models.Q(('paused_at__isnull', False), ('paused_by__isnull', False)), _connector='OR'), name='a_pause_of_sending_says_who')],
            },
        ),
        migrations.CreateModel(
            name='Outflow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=253)),
                ('used_at', models.DateTimeField()),
                ('used', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=3)),
                ('promised_at', models.DateTimeField()),
                ('promised', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=3)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'domain'), name='a_domain_has_one_book_of_sending'), models.CheckConstraint(condition=models.Q(('promised__len', 3), ('used__len', 3)), name='a_book_counts_minute_hour_and_day')],
            },
        ),
        migrations.RunSQL(LAWS, migrations.RunSQL.noop),
        BuildWalls(),
    ]
