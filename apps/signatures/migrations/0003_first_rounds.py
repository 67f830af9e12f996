"""Write the submissions that signatures of before tell of, with work orders of their days."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import migrations

SHANGHAI = ZoneInfo("Asia/Shanghai")
JUDGED_WITHIN = timedelta(hours=2)
OUTCOME = {
    "SUBMITTED": "WAITING",
    "APPROVED": "APPROVED",
    "SUSPENDED": "APPROVED",
    "REVOKED": "APPROVED",
    "REJECTED": "REJECTED",
}


def write_rounds(apps, schema_editor):
    signatures = apps.get_model("signatures", "Signature").objects
    counter = apps.get_model("signatures", "OrderCounter").objects
    given = Counter()
    rows = signatures.select_related("account__partner", "account__customer")
    for signature in rows.order_by("submitted_at", "pk"):
        holder = signature.account.customer or signature.account.partner
        signature.company_name = holder.name
        signature.company_code = holder.credit_code
        if signature.status == "SUBMITTED":
            signature.due_at = signature.submitted_at + JUDGED_WITHIN
        signature.save(update_fields=["company_name", "company_code", "due_at"])
        if signature.status in OUTCOME:
            day = signature.submitted_at.astimezone(SHANGHAI).date()
            given[day] += 1
            write_round(apps, signature, f"QM{day:%Y%m%d}-{given[day]:04}")
    for day, last in given.items():
        counter.create(prefix="QM", day=day, last=last)


def write_round(apps, signature, order_number):
    status = OUTCOME[signature.status]
    judged_by, judged_at = judgement(apps, signature)
    was_rejected = status == "REJECTED"
    written = apps.get_model("signatures", "Round").objects.create(
        signature=signature,
        order_number=order_number,
        number=1,
        status=status,
        text=signature.text,
        source=signature.source,
        use="OWN",
        particulars={
            "company_name": signature.company_name,
            "company_code": signature.company_code,
        },
        submitted_by_id=signature.applied_by_id,
        submitted_at=signature.submitted_at,
        due_at=signature.submitted_at + JUDGED_WITHIN,
        judged_by_id=judged_by,
        judged_at=judged_at,
        reasons=["OTHER"] if was_rejected else [],
        remark=signature.reason if was_rejected else "",
    )
    written.proofs.set(signature.proofs.all())


def judgement(apps, signature):
    """Return who approved or refused it and when; a suspension came later and is another's."""
    if signature.status in {"SUSPENDED", "REVOKED"}:
        events = apps.get_model("signatures", "SignatureEvent").objects
        approved = events.filter(pgh_obj_id=signature.pk, status="APPROVED")
        if event := approved.order_by("pgh_id").first():
            return event.judged_by_id, event.judged_at
    return signature.judged_by_id, signature.judged_at


class Migration(migrations.Migration):
    dependencies = [("signatures", "0002_source_rounds_letters")]

    operations = [migrations.RunPython(write_rounds, migrations.RunPython.noop)]
