"""Key entries by (account, sequence): numbered without gaps, and shardable by account."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE ledger_ledgerentry DROP CONSTRAINT ledger_ledgerentry_pkey;
            ALTER TABLE ledger_ledgerentry ADD CONSTRAINT ledger_ledgerentry_one_per_sequence
                PRIMARY KEY (account_id, sequence);
            CREATE INDEX ledger_ledgerentry_by_time ON ledger_ledgerentry (id);
            ALTER TABLE ledger_balance SET (fillfactor = 50);
            """,
            """
            DROP INDEX ledger_ledgerentry_by_time;
            ALTER TABLE ledger_ledgerentry DROP CONSTRAINT ledger_ledgerentry_one_per_sequence;
            ALTER TABLE ledger_ledgerentry ADD CONSTRAINT ledger_ledgerentry_pkey PRIMARY KEY (id);
            ALTER TABLE ledger_balance RESET (fillfactor);
            """,
        )
    ]
