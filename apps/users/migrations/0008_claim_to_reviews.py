"""The table of claims belongs to `reviews` by now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("users", "0007_user_one_username"), ("reviews", "0001_claim_of_users")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Claim")])
    ]
