"""Letters that were handed in get the rounds that their history tells of.

Counters and warnings go over to `reviews`; signatures learn from their last round who handed them
in and why they were refused.
"""

from datetime import timedelta

from django.db import migrations

JUDGED_WITHIN = timedelta(hours=2)
JUDGED = ("APPROVED", "REJECTED")
HELD = ("APPROVED", "REVOKED", "EXPIRED")
TERMS = ("grantor_name", "grantor_code", "grantee_name", "covers_all", "texts")


def carry_over(apps, schema_editor):
    counters = apps.get_model("signatures", "OrderCounter").objects.order_by("pk")
    apps.get_model("reviews", "OrderCounter").objects.bulk_create(
        apps.get_model("reviews", "OrderCounter")(prefix=row.prefix, day=row.day, last=row.last)
        for row in counters
    )
    warnings = apps.get_model("signatures", "ExpiryWarning").objects.order_by("pk")
    apps.get_model("reviews", "EndWarning").objects.bulk_create(
        apps.get_model("reviews", "EndWarning")(
            queue="signatures",
            subject_id=str(row.signature_id),
            what=row.paper,
            ends_on=row.valid_until,
            threshold_days=row.threshold_days,
            warned_at=row.warned_at,
        )
        for row in warnings
    )


def fill_signatures(apps, schema_editor):
    signatures = apps.get_model("signatures", "Signature").objects
    rounds = apps.get_model("signatures", "Round").objects
    for last in rounds.order_by("signature", "-pk").distinct("signature"):
        is_refused = last.status == "REJECTED"
        signatures.filter(pk=last.signature_id).update(submitted_by=last.submitted_by_id)
        if is_refused:
            refused = signatures.filter(pk=last.signature_id, status="REJECTED")
            refused.update(reasons=last.reasons)


def write_rounds(apps, schema_editor):
    for letter in apps.get_model("signatures", "AuthorisationLetter").objects.order_by("pk"):
        write_rounds_of(apps, letter)


def write_rounds_of(apps, letter):
    """Write a round for each decision in the letter's history, and one for what waits."""
    events = apps.get_model("signatures", "AuthorisationLetterEvent").objects
    told = events.filter(pgh_obj_id=letter.pk, status__in=JUDGED).order_by("pgh_id")
    decided = {row.judged_at: row for row in reversed(told)}
    kept = sorted(decided.values(), key=lambda row: row.judged_at)
    if letter.status in {"REJECTED", *HELD} and not kept:
        kept = [letter]
    number = 0
    for number, row in enumerate(kept, start=1):
        status = "REJECTED" if row.status == "REJECTED" else "APPROVED"
        write_round(apps, letter, row, number=number, status=status)
    if letter.status == "SUBMITTED":
        write_round(apps, letter, letter, number=number + 1, status="WAITING")


def write_round(apps, letter, row, *, number, status):
    is_closed = status != "WAITING"
    submitted_at = row.submitted_at or letter.submitted_at
    is_own = row.judged_by_id is not None and row.judged_by_id == row.submitted_by_id
    apps.get_model("signatures", "LetterRound").objects.create(
        letter=letter,
        order_number=letter.order_number or f"SQ-{letter.pk}",
        number=number,
        status=status,
        submitted_by_id=None if is_own else row.submitted_by_id,
        submitted_at=submitted_at,
        due_at=row.due_at or submitted_at + JUDGED_WITHIN,
        judged_by_id=row.judged_by_id if is_closed else None,
        judged_at=row.judged_at if is_closed else None,
        reasons=row.reasons if status == "REJECTED" else [],
        remark=row.remark if status == "REJECTED" else "",
        particulars={
            **{name: getattr(row, name) for name in TERMS},
            "valid_from": row.valid_from.isoformat(),
            "valid_until": row.valid_until.isoformat(),
        },
        file=str(row.file),
        sha256=row.sha256,
    )


class Migration(migrations.Migration):
    dependencies = [("signatures", "0007_rounds_of_letters")]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RunPython(fill_signatures, migrations.RunPython.noop),
        migrations.RunPython(write_rounds, migrations.RunPython.noop),
    ]
