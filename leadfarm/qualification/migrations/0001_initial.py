import django.db.models.deletion
import leadfarm.access.walls
import leadfarm.rules.codes
import leadfarm.rules.dispositions
from pathlib import Path

from django.db import migrations, models

from leadfarm.access.masonry import BuildWalls


LAWS = (Path(__file__).parents[1] / "sql" / "laws.sql").read_text()


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('leads', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Definition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('criteria', models.JSONField()),
                ('promises', models.JSONField()),
                ('reason', models.CharField(default='', max_length=300)),
                ('drafted_at', models.DateTimeField()),
                ('proposed_at', models.DateTimeField(null=True)),
                ('effective_from', models.DateTimeField(null=True)),
                ('retired_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('drafted_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('proposed_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'version'), name='a_version_is_numbered_once'), models.UniqueConstraint(condition=models.Q(('effective_from__isnull', False), ('retired_at', None)), fields=('workspace',), name='one_definition_is_in_force'), models.UniqueConstraint(condition=models.Q(('effective_from', None), ('proposed_at__isnull', False), ('withdrawn_at', None)), fields=('workspace',), name='one_definition_waits_for_signatures'), models.UniqueConstraint(condition=models.Q(('proposed_at', None), ('withdrawn_at', None)), fields=('workspace',), name='one_definition_is_being_drafted'), models.CheckConstraint(condition=models.Q(models.Q(('effective_from', None), ('retired_at', None)), models.Q(('effective_from__gte', models.F('proposed_at')), ('proposed_at__isnull', False), ('withdrawn_at', None)), _connector='OR'), name='a_definition_is_proposed_then_in_force_then_retired')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criteria', models.JSONField()),
                ('actor_kind', models.CharField(max_length=12)),
                ('at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('transaction', models.BigIntegerField(editable=False, null=True)),
                ('continues', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='qualification.delivery')),
                ('definition', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qualification.definition')),
                ('delivered_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('delivered_to', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'lead', '-at'], name='delivery_by_lead'), models.Index(fields=['workspace', 'definition', 'at'], name='delivery_by_definition')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'continues'), name='a_delivery_is_continued_once'), models.CheckConstraint(condition=models.Q(('criteria__truth', 'met')), name='a_delivery_meets_its_definition')],
            },
        ),
        migrations.CreateModel(
            name='FitRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=80)),
                ('clause', models.JSONField()),
                ('points', models.SmallIntegerField()),
                ('kind', models.CharField(default='', max_length=40)),
                ('cap', models.SmallIntegerField(null=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'label'), name='a_fit_rule_is_named_once'), models.CheckConstraint(condition=models.Q(('points__gte', -100), ('points__lte', 100), models.Q(('points', 0), _negated=True)), name='a_fit_rule_gives_or_takes_points')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.PositiveSmallIntegerField()),
                ('signed_at', models.DateTimeField()),
                ('definition', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='qualification.definition')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'definition', 'side'), name='a_side_signs_once'), models.UniqueConstraint(fields=('workspace', 'definition', 'member'), name='a_member_signs_for_one_side'), models.CheckConstraint(condition=models.Q(('side__in', [leadfarm.rules.dispositions.Side['MARKETING'], leadfarm.rules.dispositions.Side['SALES']])), name='marketing_and_sales_sign')],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('reason', models.PositiveSmallIntegerField(null=True)),
                ('criterion', models.PositiveSmallIntegerField(null=True)),
                ('actor_kind', models.CharField(max_length=12)),
                ('at', models.DateTimeField()),
                ('delivery', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='qualification.delivery')),
                ('lead', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='leads.lead')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.member')),
                ('text', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=leadfarm.access.walls.emptied, related_name='+', to='leads.personaltext')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'indexes': [models.Index(fields=['workspace', 'lead', '-at'], name='verdict_by_lead'), models.Index(fields=['workspace', 'at'], name='verdict_by_time')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', [leadfarm.rules.codes.VerdictKind['ACCEPTED'], leadfarm.rules.codes.VerdictKind['REJECTED']])), fields=('workspace', 'delivery'), name='a_delivery_is_answered_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', [leadfarm.rules.codes.VerdictKind['ACCEPTED'], leadfarm.rules.codes.VerdictKind['REJECTED']]), _negated=True), ('delivery__isnull', False), _connector='OR'), name='acceptance_and_rejection_answer_a_delivery'), models.CheckConstraint(condition=models.Q(models.Q(('kind', leadfarm.rules.codes.VerdictKind['ACCEPTED']), ('reason__isnull', True)), models.Q(('reason__isnull', False), models.Q(models.Q(('kind', leadfarm.rules.codes.VerdictKind['REJECTED']), ('reason__in', [1, 2, 3])), models.Q(('kind', leadfarm.rules.codes.VerdictKind['DISQUALIFIED']), ('reason__in', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])), models.Q(('kind', leadfarm.rules.codes.VerdictKind['RECYCLED']), ('reason__in', [1, 2, 3, 4, 5, 6, 7])), _connector='OR')), _connector='OR'), name='a_verdict_has_a_reason_of_its_kind')],
            },
        ),
        migrations.RunSQL(LAWS, migrations.RunSQL.noop),
        BuildWalls(),
    ]
