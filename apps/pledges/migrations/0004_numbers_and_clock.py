from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0003_first_wording_and_rounds")]

    operations = [
        migrations.AlterField(
            model_name="pledge",
            name="number",
            field=models.CharField(
                editable=False, max_length=20, unique=True, verbose_name="pledge number"
            ),
        ),
        migrations.AlterField(
            model_name="pledgeevent",
            name="number",
            field=models.CharField(editable=False, max_length=20, verbose_name="pledge number"),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "DRAFT",
                            "SUBMITTED",
                            "APPROVED",
                            "REJECTED",
                            "REVOKED",
                            "EXPIRED",
                            "ABANDONED",
                        ],
                    )
                ),
                name="pledges_pledge_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["APPROVED", "REVOKED", "EXPIRED"]), _negated=True),
                    models.Q(("valid_from__isnull", False), ("valid_until__isnull", False)),
                    _connector="OR",
                ),
                name="pledges_pledge_held_has_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["DRAFT", "REJECTED", "ABANDONED"]),
                    models.Q(
                        models.Q(("signed_copy", ""), _negated=True),
                        ("submitted_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="pledges_pledge_submitted_has_copy",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "SUBMITTED"), ("due_at__isnull", True), _connector="XOR"
                ),
                name="pledges_pledge_waiting_is_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("form", ""), ("form_sha256", ""), ("printed_at__isnull", True)),
                    models.Q(
                        models.Q(("form", ""), _negated=True),
                        models.Q(("form_sha256", ""), _negated=True),
                        ("printed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="pledges_pledge_form_has_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["DRAFT", "SUBMITTED", "ABANDONED"]),
                    ("judged_at__isnull", False),
                    _connector="OR",
                ),
                name="pledges_pledge_judged_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_by", models.F("filed_by")), _negated=True),
                    models.Q(("judged_by", models.F("submitted_by")), _negated=True),
                ),
                name="pledges_pledge_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["DRAFT", "SUBMITTED", "REJECTED"])),
                fields=("customer",),
                name="pledges_pledge_one_open_per_customer",
            ),
        ),
    ]
