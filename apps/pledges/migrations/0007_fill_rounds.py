"""Rounds are told the number of their pledge; counters and warnings go over to `reviews`."""

from django.db import connection, migrations
from django.utils import timezone


def fill_rounds(apps, schema_editor):
    """Write into closed rounds, too, which the database lets nobody do later."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pledges_pledgeround DISABLE TRIGGER USER")
        cursor.execute(
            """
            UPDATE pledges_pledgeround r
               SET order_number = p.number,
                   is_renewal = p.renews_id IS NOT NULL,
                   urged_at = CASE r.status WHEN 'WAITING' THEN p.urged_at END,
                   -- How often was not kept, only when last.
                   urge_count = (r.status = 'WAITING' AND p.urged_at IS NOT NULL)::int
              FROM pledges_pledge p
             WHERE p.id = r.pledge_id
            """
        )
        cursor.execute("ALTER TABLE pledges_pledgeround ENABLE TRIGGER USER")


def carry_over(apps, schema_editor):
    counters = apps.get_model("pledges", "NumberCounter").objects.order_by("day")
    apps.get_model("reviews", "OrderCounter").objects.bulk_create(
        apps.get_model("reviews", "OrderCounter")(prefix="ZR", day=row.day, last=row.last_number)
        for row in counters
    )
    warned = apps.get_model("pledges", "Pledge").objects.filter(
        warned_days__isnull=False, valid_until__isnull=False
    )
    apps.get_model("reviews", "EndWarning").objects.bulk_create(
        apps.get_model("reviews", "EndWarning")(
            queue="pledges",
            subject_id=str(row.pk),
            what="pledge",
            ends_on=row.valid_until,
            threshold_days=row.warned_days,
            warned_at=timezone.now(),
        )
        for row in warned.order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [("pledges", "0006_rounds_of_reviews")]

    operations = [
        migrations.RunPython(fill_rounds, migrations.RunPython.noop),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
