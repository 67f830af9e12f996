from django.db import migrations

ONLY_ROW = 1


def write_defaults(apps, schema_editor):
    """Give administrators the row to edit; the columns' defaults are the rules."""
    apps.get_model("signatures", "SignaturePolicy").objects.get_or_create(pk=ONLY_ROW)


class Migration(migrations.Migration):
    dependencies = [("signatures", "0004_submitted_is_due")]

    operations = [migrations.RunPython(write_defaults, migrations.RunPython.noop)]
