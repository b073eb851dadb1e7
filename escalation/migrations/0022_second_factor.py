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
        # As createcachetable makes it, but not logged, as with allowances, and without its index by expiry: it
        # is small, and what has expired is thrown away as it fills.
        migrations.RunSQL(
            'CREATE UNLOGGED TABLE IF NOT EXISTS escalation_cache (cache_key varchar(255) PRIMARY KEY, value text, expires timestamptz);',
            # Going back leaves it: nobody reads it then, and it is there again on the way forward.
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
