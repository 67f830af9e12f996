"""Who entered a signature, and what was said of it, under the names that all kinds have."""

from django.db import migrations

RENAMES = [("applied_by", "entered_by"), ("applied_at", "entered_at"), ("reason", "remark")]


class Migration(migrations.Migration):
    dependencies = [("signatures", "0005_first_signature_policy")]

    operations = [
        migrations.RemoveConstraint(model_name="signature", name="signatures_signature_four_eyes"),
        *(
            migrations.RenameField(model_name=model, old_name=old, new_name=new)
            for model in ("signature", "signatureevent")
            for old, new in RENAMES
        ),
    ]
