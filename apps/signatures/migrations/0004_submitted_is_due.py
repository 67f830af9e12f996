from django.db import migrations, models


class Migration(migrations.Migration):
    """Hold what the migration before wrote: whatever waits to be judged is due at a moment."""

    dependencies = [("signatures", "0003_first_rounds")]

    operations = [
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "SUBMITTED"), _negated=True),
                    ("due_at__isnull", False),
                    _connector="OR",
                ),
                name="signatures_signature_submitted_is_due",
            ),
        ),
    ]
