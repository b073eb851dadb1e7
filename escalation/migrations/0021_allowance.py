from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('escalation', '0020_access_tokens'),
    ]

    operations = [
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('name', models.CharField(max_length=160, primary_key=True, serialize=False)),
                ('used_until', models.DateTimeField()),
            ],
        ),
        # The table is new and empty: this takes no time. A count writes no log and waits for no disk.
        migrations.RunSQL(
            'ALTER TABLE escalation_allowance SET UNLOGGED',
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
