from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index that is built beside those who write cannot be part of a transaction.
    atomic = False

    dependencies = [
        ('escalation', '0018_connection_setup'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='remoteupdate',
            index=models.Index(fields=['connection', 'way', 'applied_at'], name='update_by_way'),
        ),
    ]
