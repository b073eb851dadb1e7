from django.db import migrations

# What a correction was sent past counts since this version: handoffs that have one are measured anew.
AGAIN = """
INSERT INTO escalation_measuredue (handoff_id)
SELECT DISTINCT handoff_id FROM escalation_amendment WHERE sent_at IS NOT NULL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('escalation', '0032_kept_answers'),
    ]

    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
