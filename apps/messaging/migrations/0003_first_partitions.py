"""Make the partitions of this month and the next ones; a daily task keeps making them."""

from django.db import migrations

from apps.common.clock import now
from apps.messaging.log import partitions


def make(apps, schema_editor):
    partitions.ensure_partitions(now())


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_message_partitioned_by_id")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
