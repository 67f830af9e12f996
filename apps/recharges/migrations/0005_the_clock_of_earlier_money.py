from datetime import time

from django.db import migrations

from apps.common.working_time import WorkingCalendar

ONLY_ROW = 1
CUT_OFF = time(17)

_SETTLED = """
UPDATE recharges_bankentry e
SET settled_at = coalesce(
    (SELECT r.confirmed_at FROM recharges_recharge r WHERE r.bank_entry_id = e.id), e.entered_at)
WHERE e.status <> 'UNMATCHED'
"""

_ARRIVED = """
UPDATE recharges_lot l SET arrived_sequence = e.sequence
FROM ledger_ledgerentry e
WHERE e.account_id = l.account_id AND e.about = 'RECHARGE' AND e.about_id = l.recharge_id::text
"""


def write_policy(apps, schema_editor):
    """Give administrators the row to edit; the columns' defaults are the rules."""
    apps.get_model("recharges", "RechargePolicy").objects.get_or_create(pk=ONLY_ROW)


def start_clocks(apps, schema_editor):
    """Let the clock of money that is known already run from when it was entered."""
    bank_entry = apps.get_model("recharges", "BankEntry")
    special_days = apps.get_model("common", "SpecialDay").objects.values_list("day", "is_working")
    calendar = WorkingCalendar(special_days=dict(special_days))
    for entry in bank_entry.objects.only("entered_at").iterator():
        due_at = calendar.same_day_due(entry.entered_at, CUT_OFF)
        bank_entry.objects.filter(pk=entry.pk).update(found_at=entry.entered_at, due_at=due_at)


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0003_outbox_and_special_day"),
        ("ledger", "0005_about_reversals"),
        ("recharges", "0004_reversals_lots_and_the_same_day"),
    ]

    operations = [
        migrations.RunPython(write_policy, migrations.RunPython.noop),
        migrations.RunPython(start_clocks, migrations.RunPython.noop),
        migrations.RunSQL(_SETTLED, migrations.RunSQL.noop),
        migrations.RunSQL(_ARRIVED, migrations.RunSQL.noop),
    ]
