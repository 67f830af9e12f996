"""The standards in force: 70/67 on mobile networks, 58 on PHS."""

from datetime import UTC, datetime

from django.db import migrations

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def add(apps, schema_editor):
    CharacterStandard = apps.get_model("rates", "CharacterStandard")
    for network_class, single, part in (("mobile", 70, 67), ("phs", 58, 58)):
        CharacterStandard.objects.create(
            network_class=network_class,
            single_characters=single,
            part_characters=part,
            starts_at=BEGINNING,
        )


class Migration(migrations.Migration):
    dependencies = [("rates", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
