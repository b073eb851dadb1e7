from django.db import migrations

# A page of figures reads thousands of these at once: unpacking them took longer than everything else about
# them. What was written before stays as it is until it is counted anew.
PLAIN = """
ALTER TABLE escalation_tally ALTER COLUMN kinds SET STORAGE EXTERNAL;
ALTER TABLE escalation_tally ALTER COLUMN spans SET STORAGE EXTERNAL;
"""
COMPRESSED = """
ALTER TABLE escalation_tally ALTER COLUMN spans SET STORAGE EXTENDED;
ALTER TABLE escalation_tally ALTER COLUMN kinds SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('escalation', '0041_reason_of_a_return'),
    ]

    operations = [
        migrations.RunSQL(sql=PLAIN, reverse_sql=COMPRESSED),
    ]
