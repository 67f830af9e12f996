"""What holds of rounds; the columns and the table that `reviews` has taken over go."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pledges", "0007_fill_rounds")]

    operations = [
        migrations.RemoveIndex(model_name="pledge", name="pledges_pledge_waiting"),
        migrations.DeleteModel(
            name="NumberCounter",
        ),
        migrations.RemoveField(
            model_name="pledge",
            name="urged_at",
        ),
        migrations.RemoveField(
            model_name="pledge",
            name="warned_days",
        ),
        migrations.RemoveField(
            model_name="pledgeevent",
            name="urged_at",
        ),
        migrations.RemoveField(
            model_name="pledgeevent",
            name="warned_days",
        ),
        migrations.AddIndex(
            model_name="pledgeround",
            index=models.Index(
                condition=models.Q(("status", "WAITING")),
                fields=["due_at", "id"],
                name="pledges_pledgeround_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="pledgeround",
            index=models.Index(
                condition=models.Q(("status__in", ["APPROVED", "REJECTED"])),
                fields=["-judged_at", "-id"],
                name="pledges_round_newest_decision",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pledge",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "pledges_pledgeevent" ("audience", "consent", "content_type", "customer_id", "due_at", "ended_at", "entered_at", "entered_by_id", "form", "form_sha256", "id", "judged_at", "judged_by_id", "number", "particulars", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_at", "reasons", "remark", "renews_id", "samples", "sha256", "signed_copy", "status", "submitted_at", "submitted_by_id", "template_id", "valid_from", "valid_until") VALUES (NEW."audience", NEW."consent", NEW."content_type", NEW."customer_id", NEW."due_at", NEW."ended_at", NEW."entered_at", NEW."entered_by_id", NEW."form", NEW."form_sha256", NEW."id", NEW."judged_at", NEW."judged_by_id", NEW."number", NEW."particulars", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."printed_at", NEW."reasons", NEW."remark", NEW."renews_id", NEW."samples", NEW."sha256", NEW."signed_copy", NEW."status", NEW."submitted_at", NEW."submitted_by_id", NEW."template_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                    hash="6587343d70b4c8c7509407be59ea3d0ceb050032",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_899e9",
                    table="pledges_pledge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pledge",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "pledges_pledgeevent" ("audience", "consent", "content_type", "customer_id", "due_at", "ended_at", "entered_at", "entered_by_id", "form", "form_sha256", "id", "judged_at", "judged_by_id", "number", "particulars", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_at", "reasons", "remark", "renews_id", "samples", "sha256", "signed_copy", "status", "submitted_at", "submitted_by_id", "template_id", "valid_from", "valid_until") VALUES (NEW."audience", NEW."consent", NEW."content_type", NEW."customer_id", NEW."due_at", NEW."ended_at", NEW."entered_at", NEW."entered_by_id", NEW."form", NEW."form_sha256", NEW."id", NEW."judged_at", NEW."judged_by_id", NEW."number", NEW."particulars", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."printed_at", NEW."reasons", NEW."remark", NEW."renews_id", NEW."samples", NEW."sha256", NEW."signed_copy", NEW."status", NEW."submitted_at", NEW."submitted_by_id", NEW."template_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                    hash="eca00b81d927849b97f96039f6c17ba9b3f19607",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f4121",
                    table="pledges_pledge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pledgeround",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "pledges_pledgeroundevent" ("content_type", "due_at", "form", "form_sha256", "id", "is_renewal", "judged_at", "judged_by_id", "number", "order_number", "particulars", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "reasons", "remark", "sha256", "signed_copy", "status", "submitted_at", "submitted_by_id", "urge_count", "urged_at") VALUES (NEW."content_type", NEW."due_at", NEW."form", NEW."form_sha256", NEW."id", NEW."is_renewal", NEW."judged_at", NEW."judged_by_id", NEW."number", NEW."order_number", NEW."particulars", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pledge_id", NEW."reasons", NEW."remark", NEW."sha256", NEW."signed_copy", NEW."status", NEW."submitted_at", NEW."submitted_by_id", NEW."urge_count", NEW."urged_at"); RETURN NULL;',
                    hash="a7b5f0820b59bd75ce515b6e2e1e41b5c5cc950c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a1677",
                    table="pledges_pledgeround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pledgeround",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "pledges_pledgeroundevent" ("content_type", "due_at", "form", "form_sha256", "id", "is_renewal", "judged_at", "judged_by_id", "number", "order_number", "particulars", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pledge_id", "reasons", "remark", "sha256", "signed_copy", "status", "submitted_at", "submitted_by_id", "urge_count", "urged_at") VALUES (NEW."content_type", NEW."due_at", NEW."form", NEW."form_sha256", NEW."id", NEW."is_renewal", NEW."judged_at", NEW."judged_by_id", NEW."number", NEW."order_number", NEW."particulars", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pledge_id", NEW."reasons", NEW."remark", NEW."sha256", NEW."signed_copy", NEW."status", NEW."submitted_at", NEW."submitted_by_id", NEW."urge_count", NEW."urged_at"); RETURN NULL;',
                    hash="9c82087eee1056ce2e94e224359506e0f33bd115",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3b6dc",
                    table="pledges_pledgeround",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_by", models.F("entered_by")), _negated=True),
                    models.Q(("judged_by", models.F("submitted_by")), _negated=True),
                ),
                name="pledges_pledge_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgeround",
            constraint=models.UniqueConstraint(
                fields=("order_number", "number"), name="pledges_pledgeround_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgeround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["WAITING", "APPROVED", "REJECTED", "WITHDRAWN"])
                ),
                name="pledges_pledgeround_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgeround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "WAITING"), ("judged_at__isnull", False), _connector="XOR"
                ),
                name="pledges_pledgeround_closed_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgeround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "REJECTED"), _negated=True),
                    models.Q(("reasons", []), _negated=True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="pledges_pledgeround_rejected_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgeround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_by", models.F("submitted_by")), _negated=True),
                    ("status", "WITHDRAWN"),
                    _connector="OR",
                ),
                name="pledges_pledgeround_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledgeround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "WAITING")),
                fields=("pledge",),
                name="pledges_pledgeround_one_open",
            ),
        ),
        migrations.AddField(
            model_name="pledgeroundevent",
            name="judged_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="judged by",
            ),
        ),
        migrations.AddField(
            model_name="pledgeroundevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="pledgeroundevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="pledges.pledgeround",
            ),
        ),
        migrations.AddField(
            model_name="pledgeroundevent",
            name="pledge",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="pledges.pledge",
                verbose_name="security pledge",
            ),
        ),
        migrations.AddField(
            model_name="pledgeroundevent",
            name="submitted_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
    ]
