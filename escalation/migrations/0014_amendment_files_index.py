from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    # An index that is built beside those who write cannot be part of a transaction.
    atomic = False

    dependencies = [
        ('escalation', '0013_audit'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='attachment',
            index=models.Index(condition=models.Q(('amendment__isnull', False)), fields=['amendment'], name='attachment_of_amendment'),
        ),
    ]
