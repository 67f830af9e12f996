"""Give batches and messages their real keys, and cut messages into months by their ids.

Updates of a message touch no indexed column, so with room left on the page (fillfactor) they are
HOT: no index is written when it is submitted or delivered.
"""

from django.db import migrations

FORWARD = """
ALTER TABLE messaging_batch DROP CONSTRAINT messaging_batch_pkey;
ALTER TABLE messaging_batch ADD CONSTRAINT messaging_batch_pkey PRIMARY KEY (account_id, id);
CREATE INDEX messaging_batch_by_time ON messaging_batch (id);
CREATE INDEX messaging_batch_by_reference ON messaging_batch (account_id, reference, id)
    WHERE reference IS NOT NULL;
ALTER TABLE messaging_batch
    ADD CONSTRAINT messaging_batch_status_known
        CHECK (status IN ('QUEUED', 'SCHEDULED', 'HELD', 'CANCELLED')),
    ADD CONSTRAINT messaging_batch_has_messages CHECK (accepted_count > 0 AND segments > 0);

DROP TABLE messaging_message;
CREATE TABLE messaging_message (
    id uuid NOT NULL,
    account_id bigint NOT NULL,
    batch_id uuid NOT NULL,
    number varchar(12) NOT NULL,
    operator varchar(8) NOT NULL,
    segments smallint NOT NULL,
    status varchar(11) NOT NULL,
    text varchar(500) NULL,
    carrier_code varchar(20) NOT NULL DEFAULT '',
    submitted_at timestamptz NULL,
    finished_at timestamptz NULL,
    CONSTRAINT messaging_message_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT messaging_message_segments_above_zero CHECK (segments > 0),
    CONSTRAINT messaging_message_status_known CHECK (status IN (
        'HELD', 'QUEUED', 'SUBMITTED', 'DELIVERED', 'UNDELIVERED', 'UNKNOWN',
        'REJECTED', 'REFUSED', 'CANCELLED', 'EXPIRED'))
) PARTITION BY RANGE (id);
CREATE INDEX messaging_message_by_time ON messaging_message (id);
CREATE INDEX messaging_message_by_number ON messaging_message (account_id, number);
CREATE TABLE messaging_message_other PARTITION OF messaging_message DEFAULT WITH (fillfactor = 85);
"""

# The state's own table again, so that 0001 can be unapplied.
BACKWARD = """
DROP TABLE messaging_message;
CREATE TABLE messaging_message (id uuid PRIMARY KEY);
ALTER TABLE messaging_batch
    DROP CONSTRAINT messaging_batch_status_known,
    DROP CONSTRAINT messaging_batch_has_messages,
    DROP CONSTRAINT messaging_batch_pkey;
DROP INDEX messaging_batch_by_time;
DROP INDEX messaging_batch_by_reference;
ALTER TABLE messaging_batch ADD CONSTRAINT messaging_batch_pkey PRIMARY KEY (id);
"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
