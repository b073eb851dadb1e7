from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index that is built beside those who write cannot be part of a transaction.
    atomic = False

    dependencies = [
        ("escalation", "0039_packed_tallies"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='tally',
            index=models.Index(condition=models.Q(('sums', None)), fields=['id'], name='tally_not_packed'),
        ),
    ]
