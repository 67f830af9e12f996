"""Segments in use that the library's table does not have (state of 2020-05 and later)."""

from django.db import migrations

SEGMENTS = [
    ("149", "TELECOM", "data cards"),
    ("162", "TELECOM", "resale"),
    ("165", "MOBILE", "resale"),
]


def add(apps, schema_editor):
    NumberSegment = apps.get_model("carriers", "NumberSegment")
    for prefix, operator, note in SEGMENTS:
        NumberSegment.objects.create(prefix=prefix, operator=operator, note=note)


class Migration(migrations.Migration):
    dependencies = [("carriers", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
