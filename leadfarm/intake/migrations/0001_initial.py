import django.contrib.postgres.fields
import django.db.models.deletion
import leadfarm.intake.codes
from django.db import migrations, models

from leadfarm.access.masonry import BuildWalls

# The one way to take history back: what an import added to leads that stay, and nothing else.
# Nobody may delete touches, findings or stage changes; this function runs as their owner, who is
# behind the walls as well and therefore has policies of its own.
TAKE_BACK = """
CREATE POLICY take_back ON leads_touch TO CURRENT_USER
 USING (workspace_id = nullif(current_setting('leadfarm.taking_back', true), '')::integer);
CREATE POLICY take_back ON leads_finding TO CURRENT_USER
 USING (workspace_id = nullif(current_setting('leadfarm.taking_back', true), '')::integer);
CREATE POLICY take_back ON leads_personaltext TO CURRENT_USER
 USING (workspace_id = nullif(current_setting('leadfarm.taking_back', true), '')::integer);
CREATE POLICY take_back ON leads_stagechange TO CURRENT_USER
 USING (workspace_id = nullif(current_setting('leadfarm.taking_back', true), '')::integer);
CREATE POLICY take_back ON intake_importedrow TO CURRENT_USER
 USING (workspace_id = nullif(current_setting('leadfarm.taking_back', true), '')::integer);

CREATE FUNCTION intake_take_back(workspace integer, run bigint, at timestamptz, kept bigint[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('leadfarm.taking_back', workspace::text, true);
  WITH gone AS (
    DELETE FROM leads_finding finding USING intake_importedrow imported
     WHERE imported.workspace_id = workspace AND imported.run_id = run
       AND finding.workspace_id = workspace AND finding.lead_id = imported.lead_id
       AND finding.source = 'import ' || run AND NOT finding.lead_id = ANY(kept)
    RETURNING finding.text_id)
  DELETE FROM leads_personaltext words USING gone
   WHERE words.workspace_id = workspace AND words.id = gone.text_id;
  DELETE FROM leads_stagechange change USING intake_importedrow imported
   WHERE imported.workspace_id = workspace AND imported.run_id = run
     AND change.workspace_id = workspace AND change.lead_id = imported.lead_id
     AND change.actor_kind = 'import' AND change.recorded_at = at
     AND NOT change.lead_id = ANY(kept);
  DELETE FROM leads_touch touch USING intake_importedrow imported
   WHERE imported.workspace_id = workspace AND imported.run_id = run
     AND touch.workspace_id = workspace AND touch.lead_id = imported.lead_id
     AND touch.ref = run AND touch.recorded_at = at AND NOT touch.lead_id = ANY(kept);
  PERFORM set_config('leadfarm.taking_back', '', true);
END $$;
REVOKE ALL ON FUNCTION intake_take_back(integer, bigint, timestamptz, bigint[]) FROM PUBLIC;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'leadfarm_worker') THEN
    GRANT EXECUTE ON FUNCTION intake_take_back(integer, bigint, timestamptz, bigint[])
       TO leadfarm_web, leadfarm_worker;
  END IF;
END $$;
"""
GONE = """
DROP FUNCTION intake_take_back(integer, bigint, timestamptz, bigint[]);
DROP POLICY take_back ON leads_touch;
DROP POLICY take_back ON leads_finding;
DROP POLICY take_back ON leads_personaltext;
DROP POLICY take_back ON leads_stagechange;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('consent', '0001_initial'),
        ('leads', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Endpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('token', models.CharField(max_length=64)),
                ('mapping', models.JSONField(default=dict)),
                ('key_path', models.CharField(blank=True, default='', max_length=200)),
                ('signing', models.PositiveSmallIntegerField(default=leadfarm.intake.codes.Signing['NONE'])),
                ('signature_header', models.CharField(blank=True, default='', max_length=80)),
                ('secret_sealed', models.TextField(blank=True, default='')),
                ('touch_kind', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.campaign')),
                ('source', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.source')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'token'), name='an_endpoint_has_an_address_of_its_own'), models.CheckConstraint(condition=models.Q(('signing', leadfarm.intake.codes.Signing['NONE']), models.Q(('secret_sealed', ''), _negated=True), _connector='OR'), name='a_signed_endpoint_has_a_secret')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, default='', max_length=200)),
                ('capacity', models.PositiveIntegerField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.campaign')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', '-starts_at'], name='event_by_day')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'campaign'), name='a_campaign_is_one_event'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='an_event_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('touch', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='leads.touch')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('event', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.event')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('touch', None)), fields=['at'], name='check_in_to_tell')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'event', 'contact'), name='somebody_comes_to_an_event_once')],
            },
        ),
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=120)),
                ('design', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=0)),
                ('touch_kind', models.PositiveSmallIntegerField()),
                ('framed_by', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('campaign', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.campaign')),
                ('source', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.source')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('slug',), name='a_form_has_an_address_of_its_own'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at', None), ('version', 0)), models.Q(('opened_at__isnull', False), ('version__gte', 1)), _connector='OR'), name='an_opened_form_has_a_version'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('opened_at__isnull', False), _connector='OR'), name='only_an_opened_form_is_closed')],
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('design', models.JSONField()),
                ('wording_number', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.form')),
                ('made_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'form', 'number'), name='a_form_version_has_its_own_number')],
            },
        ),
        migrations.CreateModel(
            name='ImportedChange',
            fields=[
                ('pk', models.CompositePrimaryKey('workspace_id', 'run_id', 'record_kind', 'record_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('run_id', models.BigIntegerField()),
                ('record_kind', models.SmallIntegerField()),
                ('record_id', models.BigIntegerField()),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('pk', models.CompositePrimaryKey('workspace_id', 'run_id', 'row', blank=True, editable=False, primary_key=True, serialize=False)),
                ('run_id', models.BigIntegerField()),
                ('row', models.IntegerField()),
                ('fate', models.SmallIntegerField()),
                ('lead_id', models.BigIntegerField()),
                ('touch_id', models.BigIntegerField(null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'lead_id'], name='imported_by_lead')],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField(default=leadfarm.intake.codes.ImportKind['LEADS'])),
                ('state', models.PositiveSmallIntegerField(default=leadfarm.intake.codes.ImportState['UPLOADED'])),
                ('file_name', models.CharField(max_length=200)),
                ('file_size', models.BigIntegerField(default=0)),
                ('digest', models.CharField(max_length=64)),
                ('file_delete_on', models.DateField()),
                ('mapping', models.JSONField(default=dict)),
                ('sheets', models.JSONField(default=list)),
                ('preset', models.CharField(default='', max_length=40)),
                ('rehearsal', models.JSONField(null=True)),
                ('rehearsed_at', models.DateTimeField(null=True)),
                ('total', models.PositiveIntegerField(default=0)),
                ('cursor', models.PositiveIntegerField(default=0)),
                ('done_rows', models.PositiveIntegerField(default=0)),
                ('created', models.PositiveIntegerField(default=0)),
                ('merged', models.PositiveIntegerField(default=0)),
                ('updated', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('rejected', models.PositiveIntegerField(default=0)),
                ('erased', models.PositiveIntegerField(default=0)),
                ('flagged', models.PositiveIntegerField(default=0)),
                ('uploaded_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('thrown_away_at', models.DateTimeField(null=True)),
                ('failed_because', models.CharField(default='', max_length=400)),
                ('left_alone', models.JSONField(default=list)),
                ('campaign', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.campaign')),
                ('repairs', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='intake.importrun')),
                ('started_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', '-uploaded_at'], name='import_by_time'), models.Index(fields=['workspace', 'digest'], name='import_by_content')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', leadfarm.intake.codes.ImportState['FAILED']), _negated=True), models.Q(('failed_because', ''), _negated=True), _connector='OR'), name='an_import_that_failed_says_why'), models.CheckConstraint(condition=models.Q(('thrown_away_at', None), models.Q(('cursor', 0), models.Q(('state', leadfarm.intake.codes.ImportState['RUNNING']), _negated=True)), _connector='OR'), name='what_is_thrown_away_has_not_run')],
            },
        ),
        migrations.CreateModel(
            name='ImportFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.IntegerField()),
                ('field', models.CharField(default='', max_length=120)),
                ('message', models.CharField(max_length=400)),
                ('taken', models.BooleanField(default=False)),
                ('raw', models.JSONField(null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('run', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.importrun')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'run', 'row'], name='fault_by_run')],
            },
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=254)),
                ('host', models.CharField(max_length=253)),
                ('port', models.PositiveIntegerField(default=993)),
                ('user', models.CharField(max_length=254)),
                ('password_sealed', models.TextField()),
                ('folder', models.CharField(default='INBOX', max_length=120)),
                ('uid_validity', models.BigIntegerField(null=True)),
                ('last_uid', models.BigIntegerField(default=0)),
                ('checked_at', models.DateTimeField(null=True)),
                ('refusal', models.CharField(default='', max_length=300)),
                ('closed_at', models.DateTimeField(null=True)),
                ('source', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.source')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('workspace', 'host', 'user', 'folder'), name='a_mailbox_is_polled_once'), models.CheckConstraint(condition=models.Q(('host', ''), _negated=True), name='a_mailbox_has_a_host')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('moved', models.JSONField(default=dict)),
                ('made', models.JSONField(default=dict)),
                ('before', models.JSONField(default=dict)),
                ('probability', models.FloatField(null=True)),
                ('merged_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.account')),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('into_account', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.account')),
                ('into_contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('into_contact__isnull', False), ('undone_at', None)), fields=['workspace', 'into_contact'], name='merge_by_contact'), models.Index(condition=models.Q(('into_account__isnull', False), ('undone_at', None)), fields=['workspace', 'into_account'], name='merge_by_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('account', None), ('contact__isnull', False), ('into_account', None), ('into_contact__isnull', False), ('kind', leadfarm.intake.codes.RecordKind['CONTACT'])), models.Q(('account__isnull', False), ('contact', None), ('into_account__isnull', False), ('into_contact', None), ('kind', leadfarm.intake.codes.RecordKind['ACCOUNT'])), _connector='OR'), name='a_merge_is_of_one_kind'), models.UniqueConstraint(condition=models.Q(('contact__isnull', False), ('undone_at', None)), fields=('workspace', 'contact'), name='a_contact_is_merged_once'), models.UniqueConstraint(condition=models.Q(('account__isnull', False), ('undone_at', None)), fields=('workspace', 'account'), name='an_account_is_merged_once')],
            },
        ),
        migrations.CreateModel(
            name='OfferFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('media_type', models.CharField(max_length=120)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.form')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'form'), name='a_form_gives_one_file'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='an_offered_file_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=255, null=True)),
                ('received_at', models.DateTimeField()),
                ('state', models.PositiveSmallIntegerField()),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
                ('dismissed_at', models.DateTimeField(null=True)),
                ('matched_by', models.PositiveSmallIntegerField(null=True)),
                ('opening', models.PositiveSmallIntegerField(null=True)),
                ('consent_wording', models.CharField(default='', max_length=600)),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.contact')),
                ('dismissed_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('endpoint', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intake.endpoint')),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intake.form')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('mailbox', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intake.mailbox')),
                ('payload', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.personaltext')),
                ('touch', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.touch')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', '-received_at', '-id'], name='receipt_by_time'), models.Index(condition=models.Q(('state', leadfarm.intake.codes.ReceiptState['CAPTURED']), _negated=True), fields=['workspace', 'state', '-received_at', '-id'], name='receipt_to_judge'), models.Index(condition=models.Q(('form__isnull', False)), fields=['workspace', 'form'], name='receipt_by_form'), models.Index(condition=models.Q(('endpoint__isnull', False)), fields=['workspace', 'endpoint'], name='receipt_by_endpoint'), models.Index(condition=models.Q(('lead__isnull', False)), fields=['workspace', 'lead'], name='receipt_by_lead'), models.Index(condition=models.Q(('contact__isnull', False)), fields=['workspace', 'contact'], name='receipt_by_contact'), models.Index(condition=models.Q(('touch__isnull', False)), fields=['workspace', 'touch'], name='receipt_by_touch'), models.Index(condition=models.Q(('payload__isnull', False)), fields=['workspace', 'payload'], name='receipt_by_payload')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key__isnull', False)), fields=('workspace', 'door', 'key'), name='an_arrival_is_taken_in_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', leadfarm.intake.codes.ReceiptState['CAPTURED']), _negated=True), models.Q(('lead__isnull', False), ('opening__isnull', False), ('touch__isnull', False)), _connector='OR'), name='a_captured_receipt_has_a_touch'), models.CheckConstraint(condition=models.Q(('state', leadfarm.intake.codes.ReceiptState['CAPTURED']), models.Q(('reasons', []), _negated=True), _connector='OR'), name='a_receipt_that_is_not_captured_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', leadfarm.intake.codes.ReceiptState['CAPTURED']), _negated=True), ('dismissed_at__isnull', True), _connector='OR'), name='a_captured_receipt_is_not_dismissed')],
            },
        ),
        migrations.CreateModel(
            name='SavedMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('kind', models.PositiveSmallIntegerField()),
                ('mapping', models.JSONField()),
                ('saved_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='a_mapping_name_is_taken_once')],
            },
        ),
        migrations.CreateModel(
            name='SitePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=120)),
                ('path', models.CharField(max_length=300)),
                ('title', models.CharField(default='', max_length=200)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'host', 'path'), name='a_page_has_one_address')],
            },
        ),
        migrations.CreateModel(
            name='Spend',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField()),
                ('note', models.CharField(default='', max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('campaign', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.campaign')),
                ('source', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.source')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'campaign', 'from_day'], name='spend_by_campaign'), models.Index(fields=['workspace', 'source', 'from_day'], name='spend_by_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(('campaign__isnull', False), ('source__isnull', False), _connector='XOR'), name='spend_is_for_a_campaign_or_a_source'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='spend_is_not_negative'), models.CheckConstraint(condition=models.Q(('until_day__gte', models.F('from_day'))), name='spend_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('answered', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('origin', models.JSONField(default=dict)),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.form')),
                ('receipt', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.receipt')),
                ('sign_up', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consent.signup')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'form'], name='submission_by_form')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'receipt'), name='a_receipt_is_of_one_submission')],
            },
        ),
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('user_agent', models.CharField(default='', max_length=300)),
                ('network', models.CharField(default='', max_length=50)),
                ('judged_at', models.DateTimeField(null=True)),
                ('by_machine', models.BooleanField(null=True)),
                ('touch', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.touch')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('submission', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.submission')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'submission'], name='download_by_submission'), models.Index(condition=models.Q(('judged_at', None)), fields=['workspace', 'asked_at'], name='download_to_judge')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by_machine', None), ('judged_at', None), ('touch', None)), models.Q(('by_machine__isnull', False), ('judged_at__isnull', False), ('judged_at__gte', models.F('asked_at'))), _connector='OR'), name='a_download_is_judged_whole')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('pages', models.PositiveIntegerField(default=0)),
                ('told', models.PositiveIntegerField(default=0)),
                ('by_machine', models.BooleanField(default=False)),
                ('referrer', models.CharField(default='', max_length=200)),
                ('utm', models.JSONField(null=True)),
                ('network', models.CharField(default='', max_length=50)),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('touch', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='leads.touch')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('contact__isnull', False)), fields=['workspace', 'contact', '-started_at'], name='visit_by_contact'), models.Index(condition=models.Q(('contact__isnull', False), ('told__lt', models.F('pages'))), fields=['workspace', 'started_at'], name='visit_to_tell'), models.Index(condition=models.Q(('network', ''), _negated=True), fields=['last_at'], name='visit_with_network')],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_at__gte', models.F('started_at'))), name='a_visit_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='PageView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('page', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.sitepage')),
                ('visit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.visit')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'visit', 'seen_at'], name='view_by_visit'), models.Index(fields=['workspace', 'page', 'seen_at'], name='view_by_page')],
            },
        ),
        migrations.CreateModel(
            name='Visitor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('wording_version', models.PositiveIntegerField()),
                ('agreed_by', models.PositiveSmallIntegerField()),
                ('agreed_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('last_seen_at', models.DateTimeField()),
                ('network', models.CharField(default='', max_length=50)),
                ('recognised_at', models.DateTimeField(null=True)),
                ('recognised_by', models.PositiveSmallIntegerField(null=True)),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('contact__isnull', False)), fields=['workspace', 'contact'], name='visitor_by_contact'), models.Index(condition=models.Q(('contact', None)), fields=['workspace', 'last_seen_at'], name='visitor_to_forget')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'key'), name='a_visitor_has_one_key'), models.CheckConstraint(condition=models.Q(('contact', None), models.Q(('recognised_at__isnull', False), ('recognised_by__isnull', False)), _connector='OR'), name='a_recognised_visitor_says_when_and_how')],
            },
        ),
        migrations.AddField(
            model_name='visit',
            name='visitor',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.visitor'),
        ),
        migrations.CreateModel(
            name='VisitorClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.BigIntegerField()),
                ('claimed_at', models.DateTimeField()),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('visitor', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.visitor')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'visitor', 'message_id'), name='a_visitor_claims_a_mail_once')],
            },
        ),
        migrations.CreateModel(
            name='WebHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=253)),
                ('made_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='a_host_is_named_once')],
            },
        ),
        migrations.CreateModel(
            name='Website',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(db_index=False, max_length=24)),
                ('is_on', models.BooleanField(default=False)),
                ('origins', models.JSONField(default=list)),
                ('shows_banner', models.BooleanField(default=True)),
                ('wording', models.CharField(max_length=600)),
                ('agree_label', models.CharField(max_length=40)),
                ('refuse_label', models.CharField(max_length=40)),
                ('privacy_url', models.CharField(blank=True, default='', max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
                ('keep_days', models.PositiveSmallIntegerField(default=90)),
                ('made_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace',), name='a_workspace_has_one_website'), models.UniqueConstraint(fields=('key',), name='a_website_has_a_key_of_its_own'), models.CheckConstraint(condition=models.Q(('keep_days__gte', 1), ('keep_days__lte', 730)), name='visits_are_kept_between_a_day_and_two_years')],
            },
        ),
        migrations.CreateModel(
            name='BannerWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('wording', models.CharField(max_length=600)),
                ('agree_label', models.CharField(max_length=40)),
                ('refuse_label', models.CharField(max_length=40)),
                ('privacy_url', models.CharField(default='', max_length=300)),
                ('since', models.DateTimeField()),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'version'), name='a_wording_has_one_version')],
            },
        ),
        migrations.CreateModel(
            name='DuplicatePair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('one', models.BigIntegerField()),
                ('other', models.BigIntegerField()),
                ('probability', models.FloatField()),
                ('evidence', models.JSONField(default=list)),
                ('state', models.PositiveSmallIntegerField(default=leadfarm.intake.codes.PairState['OPEN'])),
                ('relation', models.PositiveSmallIntegerField(null=True)),
                ('found_at', models.DateTimeField()),
                ('judged_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', leadfarm.intake.codes.PairState['OPEN'])), fields=['workspace', 'kind', '-probability', 'id'], name='pairs_to_judge'), models.Index(fields=['workspace', 'kind', 'other'], name='pairs_by_other')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'kind', 'one', 'other'), name='a_pair_is_asked_about_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='a_pair_is_of_two_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('state', leadfarm.intake.codes.PairState['OPEN']), _negated=True), ('judged_at', None), _connector='OR'), name='an_open_pair_is_not_judged'), models.CheckConstraint(condition=models.Q(models.Q(('relation__isnull', False), ('state', leadfarm.intake.codes.PairState['RELATED'])), models.Q(models.Q(('state', leadfarm.intake.codes.PairState['RELATED']), _negated=True), ('relation', None)), _connector='OR'), name='a_related_pair_says_how')],
            },
        ),
        migrations.CreateModel(
            name='DuplicateRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('merge_from', models.FloatField(null=True)),
                ('looked_at', models.DateTimeField(null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace',), name='one_rule_for_duplicates'), models.CheckConstraint(condition=models.Q(('merge_from', None), models.Q(('merge_from__gte', 0.9), ('merge_from__lte', 1.0)), _connector='OR'), name='only_what_is_almost_sure_merges_by_itself')],
            },
        ),
        migrations.CreateModel(
            name='LeadJoin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField()),
                ('split_at', models.DateTimeField(null=True)),
                ('was_stage', models.PositiveSmallIntegerField()),
                ('was_side', models.PositiveSmallIntegerField()),
                ('was_at', models.DateTimeField(null=True)),
                ('was_task_id', models.BigIntegerField(null=True)),
                ('into_lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('was_owner', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('split_at', None)), fields=['workspace', 'into_lead'], name='joins_by_lead')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('split_at', None)), fields=('workspace', 'lead'), name='a_lead_is_joined_once')],
            },
        ),
        migrations.CreateModel(
            name='LetIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=253)),
                ('since', models.DateTimeField()),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'host'), name='a_host_is_let_in_once')],
            },
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['workspace', 'visitor', '-last_at'], name='visit_by_visitor'),
        ),
        BuildWalls(threshold={"intake_form": "workspace_id", "intake_website": "workspace_id"}),
        migrations.RunSQL(TAKE_BACK, GONE),
    ]
