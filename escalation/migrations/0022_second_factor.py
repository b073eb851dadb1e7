import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('escalation', '0021_allowance'),
    ]

    operations = [
        migrations.AddField(
            model_name='team',
            name='second_factor',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), blank=True, db_default=[], default=list, help_text='Roles in which nobody works without a second factor', size=None),
        ),
        # As createcachetable makes it, with the rest of the tables. It is not logged, as with allowances.
        migrations.RunSQL(
            'CREATE UNLOGGED TABLE escalation_cache (cache_key varchar(255) NOT NULL PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);'
            'CREATE INDEX escalation_cache_expires ON escalation_cache (expires);',
            reverse_sql='DROP TABLE escalation_cache',
        ),
    ]
