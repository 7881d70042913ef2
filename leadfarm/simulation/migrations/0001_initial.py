import django.db.models.deletion
from django.db import migrations, models

from leadfarm.access.masonry import BuildWalls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Growth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.IntegerField()),
                ('months', models.PositiveSmallIntegerField()),
                ('leads', models.PositiveIntegerField()),
                ('parts', models.PositiveIntegerField()),
                ('until', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace',), name='a_workspace_has_one_history')],
            },
        ),
        migrations.CreateModel(
            name='LivedPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('leads', models.PositiveIntegerField()),
                ('lived_at', models.DateTimeField()),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('workspace', 'number'), name='a_part_of_a_history_is_lived_once')],
            },
        ),
        BuildWalls(),
    ]
