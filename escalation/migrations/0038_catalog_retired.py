from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index that is built beside those who write cannot be part of a transaction.
    atomic = False

    dependencies = [
        ("escalation", "0037_notices_of_routes"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='catalogrow',
            index=models.Index(condition=models.Q(('retired_at__isnull', False)), fields=['connection', 'remote_id'], name='catalog_retired'),
        ),
    ]
