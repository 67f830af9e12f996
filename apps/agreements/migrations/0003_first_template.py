"""The first version of the wording, so that the first agreement has something to be made from."""

from django.db import migrations

from apps.agreements import seeding
from apps.common import clock


def load(apps, schema_editor):
    seeding.load(
        template_model=apps.get_model("agreements", "AgreementTemplate"),
        clause_model=apps.get_model("agreements", "TemplateClause"),
        at=clock.now(),
    )


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_templates_documents_and_copies")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
