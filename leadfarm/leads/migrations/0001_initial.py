import django.db.models.deletion
import leadfarm.access.walls
import leadfarm.rules.codes
import leadfarm.rules.dispositions
from django.db import migrations, models

from leadfarm.access.masonry import BuildWalls

# Constraints that Django cannot say, and the shape of the rows on disk.
LAWS = """
ALTER TABLE leads_lead ADD CONSTRAINT a_lead_has_a_standing
    FOREIGN KEY (workspace_id, id) REFERENCES leads_standing (workspace_id, lead_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE leads_standing ADD CONSTRAINT a_next_step_points_to_a_task_that_exists
    FOREIGN KEY (workspace_id, task_id) REFERENCES leads_task (workspace_id, id);
ALTER TABLE leads_standing SET (fillfactor = 70);
-- Whoever writes a score: of who objects to profiling there is none.
CREATE FUNCTION leads_keep_unscored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.heat := NULL;
    NEW.fit := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER who_objects_to_profiling_is_not_scored BEFORE INSERT OR UPDATE ON leads_standing
    FOR EACH ROW WHEN (NEW.unscored AND (NEW.heat IS NOT NULL OR NEW.fit IS NOT NULL))
    EXECUTE FUNCTION leads_keep_unscored();
CREATE INDEX touch_by_time ON leads_touch USING brin (recorded_at);
-- Written in the order of their numbers and never changed: no room is left for later.
ALTER INDEX leads_touch_pkey SET (fillfactor = 100);
-- What enrichment reads has changed: it looks again.
CREATE FUNCTION leads_look_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.enriched_at := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER look_again BEFORE UPDATE OF domain, industry ON leads_account FOR EACH ROW
  WHEN (OLD.domain IS DISTINCT FROM NEW.domain OR OLD.industry <> NEW.industry)
  EXECUTE FUNCTION leads_look_again();
CREATE TRIGGER look_again BEFORE UPDATE OF job_title, phone_key, email_key ON leads_contact
  FOR EACH ROW WHEN (OLD.job_title <> NEW.job_title
                     OR (OLD.phone_key, OLD.email_key) IS DISTINCT FROM (NEW.phone_key, NEW.email_key))
  EXECUTE FUNCTION leads_look_again();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=120, null=True)),
                ('title', models.CharField(default='', max_length=200)),
                ('need', models.CharField(default='', max_length=300)),
                ('origin', models.PositiveSmallIntegerField(default=leadfarm.rules.codes.Origin['CAPTURED'])),
                ('entered_at', models.DateTimeField()),
                ('known_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('close_on', models.DateField(null=True)),
                ('forecast', models.PositiveSmallIntegerField(null=True)),
                ('import_id', models.BigIntegerField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('known_at__lte', models.F('recorded_at'))), name='a_lead_is_known_before_it_is_recorded'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='an_amount_is_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('name_key', models.CharField(default='', max_length=200)),
                ('domain', models.CharField(max_length=253, null=True)),
                ('country', models.CharField(default='', max_length=2)),
                ('industry', models.CharField(default='', max_length=80)),
                ('sector', models.PositiveSmallIntegerField(null=True)),
                ('employees', models.PositiveIntegerField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('enriched_at', models.DateTimeField(null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'name_key'], name='account_by_name'), models.Index(condition=models.Q(('enriched_at', None)), fields=['workspace', 'id'], name='account_to_enrich')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('domain__isnull', False)), fields=('workspace', 'domain'), name='one_account_per_domain'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='an_account_is_called_something')],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
                ('code', models.CharField(blank=True, db_default='', default='', max_length=80)),
                ('audience', models.CharField(default='', max_length=300)),
                ('offer', models.CharField(default='', max_length=300)),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('budget', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('goal_cost_per_qualified', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='a_campaign_is_named_once'), models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('workspace', 'code'), name='a_campaign_code_is_given_once'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_campaign_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_name', models.CharField(default='', max_length=100)),
                ('family_name', models.CharField(default='', max_length=100)),
                ('job_title', models.CharField(default='', max_length=160)),
                ('seniority', models.PositiveSmallIntegerField(null=True)),
                ('department', models.PositiveSmallIntegerField(null=True)),
                ('email', models.CharField(default='', max_length=254)),
                ('email_key', models.CharField(max_length=254, null=True)),
                ('phone', models.CharField(default='', max_length=40)),
                ('phone_key', models.CharField(max_length=20, null=True)),
                ('country', models.CharField(default='', max_length=2)),
                ('time_zone', models.CharField(default='', max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('enriched_at', models.DateTimeField(null=True)),
                ('no_profiling', models.BooleanField(db_default=False, default=False)),
                ('erased_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.account')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('no_profiling', True)), fields=['workspace'], name='contact_without_profile'), models.Index(condition=models.Q(('phone_key__isnull', False)), fields=['workspace', 'phone_key'], name='contact_by_phone'), models.Index(fields=['workspace', 'account'], name='contact_by_account'), models.Index(condition=models.Q(('enriched_at', None)), fields=['workspace', 'id'], name='contact_to_enrich')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('email_key__isnull', False)), fields=('workspace', 'email_key'), name='one_contact_per_address'), models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('email', ''), ('family_name', ''), ('given_name', ''), ('job_title', ''), ('phone', ''), ('email_key', None), ('phone_key', None)), _connector='OR'), name='an_erased_contact_names_nobody')],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('lead', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='leads.lead')),
                ('stage', models.PositiveSmallIntegerField()),
                ('stage_since', models.DateTimeField()),
                ('whose_move', models.PositiveSmallIntegerField()),
                ('next_kind', models.PositiveSmallIntegerField(null=True)),
                ('next_side', models.PositiveSmallIntegerField(null=True)),
                ('next_why', models.CharField(default='', max_length=200)),
                ('next_at', models.DateTimeField(null=True)),
                ('task_id', models.BigIntegerField(null=True)),
                ('enrolment_id', models.BigIntegerField(null=True)),
                ('recheck_rule', models.PositiveSmallIntegerField(null=True)),
                ('recheck_on', models.DateField(null=True)),
                ('closed_because', models.CharField(default='', max_length=60)),
                ('heat', models.FloatField(null=True)),
                ('fit', models.SmallIntegerField(null=True)),
                ('judgement', models.PositiveSmallIntegerField(null=True)),
                ('unscored', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('stage__in', [1, 2, 3, 4, 5, 6]), _negated=True), models.Q(('next_kind__isnull', False), ('enrolment_id', None), ('next_kind', leadfarm.rules.codes.NextKind['TASK']), ('task_id__isnull', False), ('next_at__isnull', False), ('next_side__isnull', False)), models.Q(('next_kind__isnull', False), ('enrolment_id__isnull', False), ('next_kind', leadfarm.rules.codes.NextKind['ENROLMENT']), ('task_id', None), ('next_at', None), ('next_side__isnull', False)), models.Q(('next_kind__isnull', False), ('next_at__isnull', False), ('next_kind', leadfarm.rules.codes.NextKind['REVIEW']), ('next_side__isnull', False), ('enrolment_id', None), ('task_id', None)), _connector='OR'), name='an_open_lead_has_exactly_one_next_step'), models.CheckConstraint(condition=models.Q(('next_kind', None), models.Q(('next_why', ''), _negated=True), _connector='OR'), name='a_next_step_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('stage__in', [11, 12, 13]), _negated=True), models.Q(('recheck_rule__isnull', False), models.Q(('closed_because', ''), _negated=True), models.Q(('recheck_rule__in', [leadfarm.rules.codes.RecheckRule['NEVER'], leadfarm.rules.codes.RecheckRule['ON_EVENT']]), ('recheck_on__isnull', False), _connector='OR')), _connector='OR'), name='a_sleeping_lead_has_a_recheck_rule_and_a_reason'), models.CheckConstraint(condition=models.Q(('fit__gte', 0), ('fit__lte', 100)), name='fit_is_0_to_100')],
            },
        ),
        migrations.AddField(
            model_name='lead',
            name='account',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.account'),
        ),
        migrations.AddField(
            model_name='lead',
            name='campaign',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.campaign'),
        ),
        migrations.AddField(
            model_name='lead',
            name='contact',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.contact'),
        ),
        migrations.AddField(
            model_name='lead',
            name='firm',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.team'),
        ),
        migrations.AddField(
            model_name='lead',
            name='marketing_owner',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member'),
        ),
        migrations.AddField(
            model_name='lead',
            name='pd_owner',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member'),
        ),
        migrations.AddField(
            model_name='lead',
            name='previous_lead',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.lead'),
        ),
        migrations.AddField(
            model_name='lead',
            name='sales_owner',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member'),
        ),
        migrations.AddField(
            model_name='lead',
            name='workspace',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace'),
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.PositiveSmallIntegerField(null=True)),
                ('stance', models.PositiveSmallIntegerField(null=True)),
                ('influence', models.PositiveSmallIntegerField(null=True)),
                ('added_at', models.DateTimeField()),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'contact'], name='group_by_contact')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'lead', 'contact'), name='a_contact_is_once_in_a_buying_group')],
            },
        ),
        migrations.CreateModel(
            name='PersonalText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('body', models.TextField()),
                ('pinned', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField()),
                ('delete_on', models.DateField(null=True)),
                ('author', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'lead', '-written_at'], name='text_by_lead'), models.Index(condition=models.Q(('delete_on__isnull', False)), fields=['delete_on'], name='text_to_delete')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'said', 'mail', 'payload', 'comment', 'verdict', 'finding', 'visit'])), name='a_personal_text_is_of_a_known_kind'), models.UniqueConstraint(condition=models.Q(('pinned', True)), fields=('workspace', 'lead'), name='a_lead_has_one_pinned_note')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written_at', models.DateTimeField()),
                ('author', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('text', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.personaltext')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'lead', 'written_at'], name='comment_by_lead')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('shared', models.BooleanField(default=False)),
                ('clause', models.JSONField(null=True)),
                ('columns', models.JSONField(default=list)),
                ('sort', models.CharField(default='', max_length=30)),
                ('layout', models.CharField(default='list', max_length=10)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('owner', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'owner', 'name'), name='a_view_is_named_once_per_owner')],
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('pk', models.CompositePrimaryKey('workspace_id', 'word', 'lead_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('word', models.CharField(db_collation='C', max_length=40)),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'lead', 'word'], name='searchword_by_lead')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120)),
                ('greeting_team', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='access.team')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'name'), name='a_source_is_named_once')],
            },
        ),
        migrations.AddField(
            model_name='lead',
            name='source',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.source'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='source',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='leads.source'),
        ),
        migrations.CreateModel(
            name='StageChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_stage', models.PositiveSmallIntegerField(null=True)),
                ('to_stage', models.PositiveSmallIntegerField()),
                ('origin', models.PositiveSmallIntegerField(default=leadfarm.rules.codes.Origin['CAPTURED'])),
                ('happened_at', models.DateTimeField()),
                ('known_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('actor_kind', models.CharField(max_length=12)),
                ('because', models.CharField(max_length=200)),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'lead', 'happened_at'], name='change_by_lead'), models.Index(fields=['workspace', 'to_stage', 'happened_at'], name='change_by_stage')],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_stage', None), models.Q(('from_stage', models.F('to_stage')), _negated=True), _connector='OR'), name='a_stage_change_goes_somewhere_else'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='a_stage_change_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Touch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('kind', models.SmallIntegerField()),
                ('by_machine', models.BooleanField()),
                ('disposition', models.SmallIntegerField(null=True)),
                ('minutes', models.SmallIntegerField(null=True)),
                ('happened_at', models.DateTimeField()),
                ('known_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('ref', models.BigIntegerField(null=True)),
                ('heat_after', models.FloatField(null=True)),
                ('campaign', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='leads.campaign')),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'lead', 'happened_at'], name='touch_by_lead'), models.Index(condition=models.Q(('campaign__isnull', False), ('kind__in', [6, 7, 8, 9, 22, 23, 24])), fields=['workspace', 'campaign', 'contact'], name='touch_of_event'), models.Index(condition=models.Q(('by_machine', False), ('kind__in', [45, 44, 46])), fields=['workspace', 'lead'], name='touch_by_hand')],
                'constraints': [models.CheckConstraint(condition=models.Q(('known_at__lte', models.F('recorded_at'))), name='a_touch_is_known_before_it_is_recorded')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('side', models.PositiveSmallIntegerField()),
                ('why', models.CharField(max_length=200)),
                ('script', models.TextField(default='')),
                ('made_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('not_before', models.DateTimeField(null=True)),
                ('attempt', models.PositiveSmallIntegerField(default=1)),
                ('done_at', models.DateTimeField(null=True)),
                ('disposition', models.PositiveSmallIntegerField(null=True)),
                ('agreed_on', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('enrolment_id', models.BigIntegerField(null=True)),
                ('step_key', models.CharField(default='', max_length=60)),
                ('handed_on_at', models.DateTimeField(null=True)),
                ('done_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('owner', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('team', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='access.team')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('touch', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='leads.touch')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('cancelled_at', None), ('done_at', None)), fields=['workspace', 'owner', 'due_at'], name='open_task_by_owner'), models.Index(condition=models.Q(('cancelled_at', None), ('done_at', None)), fields=['workspace', 'team', 'due_at'], name='open_task_by_team'), models.Index(fields=['workspace', 'lead', 'made_at'], name='task_by_lead'), models.Index(condition=models.Q(('cancelled_at', None), ('done_at', None), ('kind__in', [1, 3])), fields=['workspace', 'due_at'], name='open_greeting_by_due'), models.Index(condition=models.Q(('done_at__isnull', False), ('enrolment_id__isnull', False), ('handed_on_at', None)), fields=['workspace', 'done_at'], name='task_to_hand_on')],
                'constraints': [models.CheckConstraint(condition=models.Q(('done_at', None), ('disposition__isnull', False), models.Q(('kind__in', [1, 2, 3, 4]), _negated=True), _connector='OR'), name='a_talk_is_not_done_without_a_disposition'), models.CheckConstraint(condition=models.Q(('done_at', None), ('cancelled_at', None), _connector='OR'), name='a_task_is_done_or_cancelled_not_both'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='a_task_says_why')],
            },
        ),
        migrations.AddField(
            model_name='personaltext',
            name='touch',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.touch'),
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.PositiveSmallIntegerField()),
                ('field', models.CharField(default='', max_length=60)),
                ('thread', models.BigIntegerField(default=0)),
                ('value_number', models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ('value_date', models.DateField(null=True)),
                ('value_code', models.PositiveSmallIntegerField(null=True)),
                ('in_words', models.BooleanField(default=False)),
                ('withdrawn', models.BooleanField(default=False)),
                ('confidence', models.PositiveSmallIntegerField(default=leadfarm.rules.codes.Confidence['MEDIUM'])),
                ('source', models.CharField(default='', max_length=40)),
                ('happened_at', models.DateTimeField()),
                ('known_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('touch', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='leads.touch')),
                ('text', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=leadfarm.access.walls.emptied, related_name='+', to='leads.personaltext')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'lead', 'section', 'field', 'thread', '-known_at', '-id'], name='finding_by_lead'), models.Index(condition=models.Q(('text__isnull', False)), fields=['workspace', 'text'], name='finding_by_text')],
                'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn', True), ('in_words', True), ('value_number__isnull', False), ('value_date__isnull', False), ('value_code__isnull', False), _connector='OR'), name='a_finding_says_something_or_takes_it_back'), models.CheckConstraint(condition=models.Q(('withdrawn', False), models.Q(('in_words', False), ('value_code', None), ('value_date', None), ('value_number', None)), _connector='OR'), name='a_finding_taken_back_has_no_value'), models.CheckConstraint(condition=models.Q(('known_at__lte', models.F('recorded_at'))), name='a_finding_is_known_before_it_is_recorded')],
            },
        ),
        migrations.CreateModel(
            name='ProfileFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.PositiveSmallIntegerField()),
                ('value_number', models.BigIntegerField(null=True)),
                ('value_code', models.CharField(default='', max_length=12)),
                ('confidence', models.PositiveSmallIntegerField(default=leadfarm.rules.codes.Confidence['MEDIUM'])),
                ('source', models.CharField(max_length=40)),
                ('happened_at', models.DateTimeField()),
                ('known_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.account')),
                ('contact', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.contact')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('account__isnull', False)), fields=['workspace', 'account', 'field', '-known_at', '-id'], name='profile_by_account'), models.Index(condition=models.Q(('contact__isnull', False)), fields=['workspace', 'contact', 'field', '-known_at', '-id'], name='profile_by_contact')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('account', None), ('contact__isnull', False)), models.Q(('account__isnull', False), ('contact', None)), _connector='OR'), name='a_profile_value_is_of_a_company_or_a_person'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_profile_value_says_where_it_comes_from'), models.CheckConstraint(condition=models.Q(('known_at__lte', models.F('recorded_at'))), name='a_profile_value_is_known_before_it_is_recorded')],
            },
        ),
        migrations.AddField(
            model_name='standing',
            name='next_owner',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member'),
        ),
        migrations.AddField(
            model_name='standing',
            name='workspace',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['workspace', '-entered_at', '-id'], name='lead_by_entry'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('amount__isnull', False)), fields=['workspace', 'amount', 'id'], name='lead_by_amount'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['workspace', 'contact'], name='lead_by_contact'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['workspace', 'account'], name='lead_by_account'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('pd_owner__isnull', False)), fields=['workspace', 'pd_owner'], name='lead_by_pd_owner'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('sales_owner__isnull', False)), fields=['workspace', 'sales_owner'], name='lead_by_sales_owner'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('firm__isnull', False)), fields=['workspace', 'firm'], name='lead_by_firm'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('import_id__isnull', False)), fields=['workspace', 'import_id'], name='lead_by_import'),
        ),
        migrations.AddConstraint(
            model_name='lead',
            constraint=models.CheckConstraint(condition=models.Q(('contact__isnull', False), ('account__isnull', False), ('external_id__isnull', False), _connector='OR'), name='a_lead_is_about_somebody'),
        ),
        migrations.AddConstraint(
            model_name='lead',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id__isnull', False)), fields=('workspace', 'external_id'), name='one_lead_per_external_id'),
        ),
        migrations.AddIndex(
            model_name='personaltext',
            index=models.Index(condition=models.Q(('touch__isnull', False)), fields=['workspace', 'touch'], name='text_by_touch'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['workspace', 'stage', 'next_at', 'lead'], name='standing_by_stage'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['workspace', 'next_at', 'lead'], name='standing_by_next'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['workspace', '-heat', '-lead'], name='standing_by_heat'),
        ),
        migrations.CreateModel(
            name='RoutingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.PositiveSmallIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('clause', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('team', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.team')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('retired_at', None)), fields=['workspace', 'side', 'position'], name='rule_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', [leadfarm.rules.dispositions.Side['MARKETING'], leadfarm.rules.dispositions.Side['PD'], leadfarm.rules.dispositions.Side['SALES']])), name='a_routing_rule_is_for_marketing_pd_or_sales'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='a_routing_rule_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='RoutingSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.PositiveSmallIntegerField(default=1)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.member')),
                ('rule', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.routingrule')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'rule', 'member'), name='a_member_sits_once_in_a_pool'), models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='a_weight_is_1_to_100')],
            },
        ),
        migrations.CreateModel(
            name='TimeOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('entered_at', models.DateTimeField()),
                ('moved', models.JSONField(default=dict)),
                ('entered_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'member', 'until_on'], name='time_off_by_member')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='time_off_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.PositiveSmallIntegerField()),
                ('turn', models.FloatField()),
                ('given', models.PositiveBigIntegerField(default=0)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.member')),
                ('rule', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.routingrule')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'side', 'rule', 'member'), name='a_member_has_one_turn_in_a_pool', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Workload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('most_a_day', models.PositiveSmallIntegerField(null=True)),
                ('most_a_week', models.PositiveSmallIntegerField(null=True)),
                ('most_open', models.PositiveIntegerField(null=True)),
                ('works_from', models.TimeField(null=True)),
                ('works_until', models.TimeField(null=True)),
                ('country', models.CharField(default='', max_length=2)),
                ('day', models.DateField(null=True)),
                ('given_today', models.PositiveIntegerField(default=0)),
                ('week', models.DateField(null=True)),
                ('given_this_week', models.PositiveIntegerField(default=0)),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'member'), name='a_member_has_one_workload'), models.CheckConstraint(condition=models.Q(models.Q(('works_from', None), ('works_until', None)), models.Q(('works_from__isnull', False), ('works_until__gt', models.F('works_from'))), _connector='OR'), name='a_members_day_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('actor_kind', models.CharField(max_length=12)),
                ('reasons', models.JSONField()),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'lead'], name='assignment_by_lead')],
            },
        ),
        BuildWalls(),
        migrations.RunSQL(LAWS, migrations.RunSQL.noop),
    ]
