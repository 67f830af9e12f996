"""What holds of rounds; the tables that `reviews` has taken over go."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signatures", "0008_fill_rounds_of_letters")]

    operations = [
        migrations.RemoveIndex(model_name="authorisationletter", name="signatures_letter_waiting"),
        migrations.RemoveIndex(model_name="signature", name="signatures_signature_waiting"),
        migrations.RemoveField(
            model_name="expirywarning",
            name="signature",
        ),
        migrations.DeleteModel(
            name="OrderCounter",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signature",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "signatures_signatureevent" ("account_id", "company_code", "company_name", "due_at", "entered_at", "entered_by_id", "holds_until", "id", "is_default", "judged_at", "judged_by_id", "legal_person", "letter_id", "operator_id_tail", "operator_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "remark", "sample_texts", "source", "source_detail", "status", "submitted_at", "submitted_by_id", "text", "use") VALUES (NEW."account_id", NEW."company_code", NEW."company_name", NEW."due_at", NEW."entered_at", NEW."entered_by_id", NEW."holds_until", NEW."id", NEW."is_default", NEW."judged_at", NEW."judged_by_id", NEW."legal_person", NEW."letter_id", NEW."operator_id_tail", NEW."operator_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."remark", NEW."sample_texts", NEW."source", NEW."source_detail", NEW."status", NEW."submitted_at", NEW."submitted_by_id", NEW."text", NEW."use"); RETURN NULL;',
                    hash="fdd7ee95362081246ed94153b379c872e95e7878",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c02d8",
                    table="signatures_signature",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signature",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "signatures_signatureevent" ("account_id", "company_code", "company_name", "due_at", "entered_at", "entered_by_id", "holds_until", "id", "is_default", "judged_at", "judged_by_id", "legal_person", "letter_id", "operator_id_tail", "operator_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "remark", "sample_texts", "source", "source_detail", "status", "submitted_at", "submitted_by_id", "text", "use") VALUES (NEW."account_id", NEW."company_code", NEW."company_name", NEW."due_at", NEW."entered_at", NEW."entered_by_id", NEW."holds_until", NEW."id", NEW."is_default", NEW."judged_at", NEW."judged_by_id", NEW."legal_person", NEW."letter_id", NEW."operator_id_tail", NEW."operator_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."remark", NEW."sample_texts", NEW."source", NEW."source_detail", NEW."status", NEW."submitted_at", NEW."submitted_by_id", NEW."text", NEW."use"); RETURN NULL;',
                    hash="dc18eaa448178186ef57a4be93c304bf14b25083",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b7d66",
                    table="signatures_signature",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "WAITING"), ("judged_at__isnull", False), _connector="XOR"
                ),
                name="signatures_round_closed_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "WAITING")),
                fields=("signature",),
                name="signatures_round_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("judged_by", models.F("entered_by")), _negated=True),
                name="signatures_signature_four_eyes",
            ),
        ),
        migrations.DeleteModel(
            name="ExpiryWarning",
        ),
        migrations.AddIndex(
            model_name="letterround",
            index=models.Index(
                condition=models.Q(("status", "WAITING")),
                fields=["due_at", "id"],
                name="signatures_letterround_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterround",
            constraint=models.UniqueConstraint(
                fields=("order_number", "number"), name="signatures_letterround_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="letterround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["WAITING", "APPROVED", "REJECTED", "WITHDRAWN"])
                ),
                name="signatures_letterround_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "WAITING"), ("judged_at__isnull", False), _connector="XOR"
                ),
                name="signatures_letterround_closed_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "REJECTED"), _negated=True),
                    models.Q(("reasons", []), _negated=True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="signatures_letterround_rejected_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_by", models.F("submitted_by")), _negated=True),
                    ("status", "WITHDRAWN"),
                    _connector="OR",
                ),
                name="signatures_letterround_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "WAITING")),
                fields=("letter",),
                name="signatures_letterround_one_open",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterround",
            trigger=pgtrigger.compiler.Trigger(
                name="decided_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"status\" = 'WAITING'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="00ebaed27ce0598711b62d399a8f704f44bdcebf",
                    operation="UPDATE",
                    pgid="pgtrigger_decided_stays_c125e",
                    table="signatures_letterround",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterround",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="24cd4897b3531b902326871c7574926a73f6ec82",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_c360f",
                    table="signatures_letterround",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterround",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "signatures_letterroundevent" ("due_at", "file", "id", "is_renewal", "judged_at", "judged_by_id", "letter_id", "number", "order_number", "particulars", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "remark", "sha256", "status", "submitted_at", "submitted_by_id", "urge_count", "urged_at") VALUES (NEW."due_at", NEW."file", NEW."id", NEW."is_renewal", NEW."judged_at", NEW."judged_by_id", NEW."letter_id", NEW."number", NEW."order_number", NEW."particulars", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."remark", NEW."sha256", NEW."status", NEW."submitted_at", NEW."submitted_by_id", NEW."urge_count", NEW."urged_at"); RETURN NULL;',
                    hash="2a68872d55bb16790a1d5ae40b5174bcbc39c2f2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d5594",
                    table="signatures_letterround",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterround",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "signatures_letterroundevent" ("due_at", "file", "id", "is_renewal", "judged_at", "judged_by_id", "letter_id", "number", "order_number", "particulars", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "remark", "sha256", "status", "submitted_at", "submitted_by_id", "urge_count", "urged_at") VALUES (NEW."due_at", NEW."file", NEW."id", NEW."is_renewal", NEW."judged_at", NEW."judged_by_id", NEW."letter_id", NEW."number", NEW."order_number", NEW."particulars", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."remark", NEW."sha256", NEW."status", NEW."submitted_at", NEW."submitted_by_id", NEW."urge_count", NEW."urged_at"); RETURN NULL;',
                    hash="8df586a2dec78f70802305088bec63e587a75fe0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fa86d",
                    table="signatures_letterround",
                    when="AFTER",
                ),
            ),
        ),
    ]
