from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recharges", "0005_the_clock_of_earlier_money")]

    operations = [
        migrations.AddConstraint(
            model_name="bankentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("status", "UNMATCHED")),
                    models.Q(
                        models.Q(("status", "UNMATCHED"), _negated=True),
                        ("settled_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="recharges_bankentry_settled_has_moment",
            ),
        ),
    ]
