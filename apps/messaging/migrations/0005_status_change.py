"""The feed of status changes: cut by days, keyed by account and transaction."""

import django.db.models.deletion
from django.db import migrations, models

from apps.common.clock import now
from apps.messaging.feed import epochs, keeping

FORWARD = """
CREATE SEQUENCE messaging_statuschange_position;
CREATE TABLE messaging_statuschange (
    -- Drawn while the message is locked, so of one message's changes the later one has the greater.
    position bigint NOT NULL DEFAULT nextval('messaging_statuschange_position'),
    account_id bigint NOT NULL,
    transaction_number bigint NOT NULL,
    message_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    status varchar(11) NOT NULL,
    code varchar(20) NOT NULL DEFAULT '',
    happened_at timestamptz NULL,
    told_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    CONSTRAINT messaging_statuschange_pkey
        PRIMARY KEY (account_id, transaction_number, position, told_at)
) PARTITION BY RANGE (told_at);
ALTER SEQUENCE messaging_statuschange_position OWNED BY messaging_statuschange.position;
CREATE TABLE messaging_statuschange_other PARTITION OF messaging_statuschange DEFAULT;
"""
STATUSES = [
    ("HELD", "Held for review"),
    ("QUEUED", "Queued"),
    ("SUBMITTED", "Submitted"),
    ("DELIVERED", "Delivered"),
    ("UNDELIVERED", "Undelivered"),
    ("UNKNOWN", "Unknown"),
    ("REJECTED", "Rejected by the carrier"),
    ("REFUSED", "Refused in review"),
    ("CANCELLED", "Cancelled"),
    ("EXPIRED", "Expired"),
]
BACKWARD = "DROP TABLE messaging_statuschange;"


def begin(apps, schema_editor):
    epochs.notice_another_cluster()
    keeping.ensure_partitions(now())


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0004_submission_by_time"),
        ("partners", "0004_customer_particulars"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedEpoch",
            fields=[
                ("epoch", models.IntegerField(primary_key=True, serialize=False)),
                (
                    "cluster",
                    models.CharField(help_text="Its identifier and timeline.", max_length=64),
                ),
                ("began_at", models.DateTimeField()),
            ],
            options={"verbose_name": "feed epoch", "verbose_name_plural": "feed epochs"},
        ),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(FORWARD, BACKWARD)],
            [
                migrations.CreateModel(
                    name="StatusChange",
                    fields=[
                        (
                            "position",
                            models.BigIntegerField(
                                editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("transaction_number", models.BigIntegerField()),
                        ("message_id", models.UUIDField()),
                        ("batch_id", models.UUIDField()),
                        ("status", models.CharField(choices=STATUSES, max_length=11)),
                        ("code", models.CharField(db_default="", max_length=20)),
                        ("happened_at", models.DateTimeField(null=True)),
                        ("told_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="partners.account",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "status change",
                        "verbose_name_plural": "status changes",
                    },
                )
            ],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
