"""Thresholds move from the balance, which every send writes, to a row of their own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_transfers_and_low_balance")]

    operations = [
        migrations.RunSQL(
            """
            INSERT INTO ledger_balancealert (account_id, alert_below, is_low, changed_at)
            SELECT account_id, alert_below, false, now() FROM ledger_balance WHERE alert_below > 0;
            SET CONSTRAINTS ALL IMMEDIATE;
            """,
            """
            UPDATE ledger_balance b SET alert_below = a.alert_below
            FROM ledger_balancealert a WHERE a.account_id = b.account_id;
            """,
        ),
        migrations.RemoveField(model_name="balance", name="alert_below"),
    ]
