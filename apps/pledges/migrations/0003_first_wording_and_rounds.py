"""Publish the first wording, number the pledges that are there, and keep their submissions.

Pledges of before have no printed form. Of several undecided ones of a customer the newest goes on;
the older ones are put aside.
"""

from datetime import timedelta

import pghistory
from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from apps.common.working_time import WorkingCalendar
from apps.pledges.wording import TITLE, WORDING

JUDGED_WITHIN = timedelta(hours=2)
OPEN = ("DRAFT", "SUBMITTED", "REJECTED")


def carry_over(apps, schema_editor):
    with pghistory.context(act="pledges.draft", actor_kind="system", actor="system", reason=""):
        publish_first_wording(apps.get_model("pledges", "PledgeTemplate"))
        pledges = apps.get_model("pledges", "Pledge")
        rounds = apps.get_model("pledges", "PledgeRound")
        put_aside_older(pledges)
        for pledge in pledges.objects.order_by("pk").iterator():
            carry_over_pledge(pledge, rounds)
    events = apps.get_model("pledges", "PledgeEvent")
    number = pledges.objects.filter(pk=OuterRef("pgh_obj_id")).values("number")
    events.objects.filter(number=None).update(number=Subquery(number))


def publish_first_wording(templates):
    at = timezone.now()
    templates.objects.create(
        version=1,
        title=TITLE,
        wording=WORDING,
        status="PUBLISHED",
        drafted_at=at,
        published_at=at,
    )


def put_aside_older(pledges):
    seen = set()
    for pledge in pledges.objects.filter(status__in=OPEN).order_by("-pk"):
        if pledge.customer_id in seen:
            pledge.status = "ABANDONED"
            pledge.save(update_fields=["status"])
        seen.add(pledge.customer_id)


def carry_over_pledge(pledge, rounds):
    """Number a pledge beside the daily numbers, fill its form, and make a round of its copy."""
    pledge.number = f"ZR-{pledge.pk:06}"
    pledge.audience = pledge.customer.audience
    pledge.consent = pledge.customer.consent
    if pledge.status == "SUBMITTED":
        pledge.due_at = WorkingCalendar().add(pledge.submitted_at, JUDGED_WITHIN)
    if pledge.status == "REJECTED":
        pledge.reasons = ["OTHER"]
    if pledge.status == "REVOKED":
        pledge.ended_at = pledge.judged_at
    pledge.save()
    if pledge.submitted_at and pledge.signed_copy:
        keep_round(pledge, rounds)


def keep_round(pledge, rounds):
    statuses = {
        "SUBMITTED": "WAITING",
        "REJECTED": "REJECTED",
        "APPROVED": "APPROVED",
        "REVOKED": "APPROVED",
    }
    status = statuses.get(pledge.status, "WITHDRAWN")
    is_judged = status in {"APPROVED", "REJECTED"}
    rounds.objects.create(
        pledge=pledge,
        number=1,
        status=status,
        submitted_at=pledge.submitted_at,
        due_at=WorkingCalendar().add(pledge.submitted_at, JUDGED_WITHIN),
        signed_copy=pledge.signed_copy.name,
        content_type=pledge.content_type,
        sha256=pledge.sha256,
        decided_by_id=pledge.judged_by_id if is_judged else None,
        decided_at=None if status == "WAITING" else pledge.judged_at or pledge.submitted_at,
        reasons=pledge.reasons,
        remark=pledge.remark if status == "REJECTED" else "",
    )


class Migration(migrations.Migration):
    dependencies = [("pledges", "0002_forms_and_rounds")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
