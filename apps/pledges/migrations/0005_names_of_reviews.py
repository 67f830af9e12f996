"""Who began a pledge, and who decided its rounds, under the names that all kinds have."""

from django.db import migrations

RENAMES = [
    ("pledge", "filed_by", "entered_by"),
    ("pledge", "filed_at", "entered_at"),
    ("pledgeevent", "filed_by", "entered_by"),
    ("pledgeevent", "filed_at", "entered_at"),
    ("pledgeround", "decided_by", "judged_by"),
    ("pledgeround", "decided_at", "judged_at"),
]


class Migration(migrations.Migration):
    dependencies = [("pledges", "0004_numbers_and_clock")]

    operations = [
        migrations.RemoveConstraint(model_name="pledge", name="pledges_pledge_four_eyes"),
        migrations.RemoveConstraint(
            model_name="pledgeround", name="pledges_round_decided_has_moment"
        ),
        migrations.RemoveConstraint(model_name="pledgeround", name="pledges_round_four_eyes"),
        migrations.RemoveIndex(model_name="pledgeround", name="pledges_round_newest_decision"),
        *(
            migrations.RenameField(model_name=model, old_name=old, new_name=new)
            for model, old, new in RENAMES
        ),
    ]
