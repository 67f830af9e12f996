import apps.recharges.models.receipts
import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_customer_particulars"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("rates", "0003_network_class_prices"),
        ("recharges", "0003_statements_and_matches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LateCredit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="to be credited by")),
                ("noticed_at", models.DateTimeField(verbose_name="noticed at")),
            ],
            options={
                "verbose_name": "late credit",
                "verbose_name_plural": "late credits",
            },
        ),
        migrations.CreateModel(
            name="LotMark",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="partners.account",
                    ),
                ),
                ("through_sequence", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "lot mark",
                "verbose_name_plural": "lot marks",
            },
        ),
        migrations.CreateModel(
            name="RechargePolicy",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "one_person_max_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(50000),
                        help_text="Above it, a second person of finance approves.",
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="one person is enough up to, yuan",
                    ),
                ),
                (
                    "cut_off",
                    models.TimeField(
                        default=datetime.time(17, 0),
                        help_text="Money found before it on a working day is to be credited that day.",
                        verbose_name="cut-off of the same day",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of recharging",
                "verbose_name_plural": "rules of recharging",
            },
        ),
        migrations.CreateModel(
            name="RechargePolicyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, editable=False, serialize=False),
                ),
                (
                    "one_person_max_yuan",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal(50000),
                        help_text="Above it, a second person of finance approves.",
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="one person is enough up to, yuan",
                    ),
                ),
                (
                    "cut_off",
                    models.TimeField(
                        default=datetime.time(17, 0),
                        help_text="Money found before it on a working day is to be credited that day.",
                        verbose_name="cut-off of the same day",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RechargeReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        upload_to=apps.recharges.models.receipts.receipt_path, verbose_name="file"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("printed", models.JSONField(verbose_name="printed values")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
            ],
            options={
                "verbose_name": "recharge receipt",
                "verbose_name_plural": "recharge receipts",
            },
        ),
        migrations.CreateModel(
            name="Reversal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("BOOKED_WRONGLY", "Booked to the wrong account"),
                            ("BANK_RECALL", "Recalled by the bank"),
                        ],
                        max_length=14,
                        verbose_name="cause",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="The partner reads it, too.",
                        max_length=200,
                        verbose_name="reason",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PENDING", "Waits for approval"),
                            ("APPROVED", "Taken back"),
                            ("DECLINED", "Declined"),
                        ],
                        default="PENDING",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("segments", models.BigIntegerField(verbose_name="segments of the recharge")),
                ("held_segments", models.BigIntegerField(default=0, verbose_name="frozen")),
                ("taken_segments", models.BigIntegerField(default=0, verbose_name="taken back")),
                (
                    "owed_segments",
                    models.BigIntegerField(default=0, verbose_name="spent before, owed"),
                ),
                (
                    "recovered_segments",
                    models.BigIntegerField(default=0, verbose_name="came back since"),
                ),
                (
                    "written_off_segments",
                    models.BigIntegerField(default=0, verbose_name="written off"),
                ),
                (
                    "write_off_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why written off"),
                ),
                ("requested_at", models.DateTimeField(verbose_name="asked for at")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why declined"),
                ),
            ],
            options={
                "verbose_name": "reversal",
                "verbose_name_plural": "reversals",
            },
        ),
        migrations.CreateModel(
            name="ReversalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("BOOKED_WRONGLY", "Booked to the wrong account"),
                            ("BANK_RECALL", "Recalled by the bank"),
                        ],
                        max_length=14,
                        verbose_name="cause",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="The partner reads it, too.",
                        max_length=200,
                        verbose_name="reason",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("PENDING", "Waits for approval"),
                            ("APPROVED", "Taken back"),
                            ("DECLINED", "Declined"),
                        ],
                        default="PENDING",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("segments", models.BigIntegerField(verbose_name="segments of the recharge")),
                ("held_segments", models.BigIntegerField(default=0, verbose_name="frozen")),
                ("taken_segments", models.BigIntegerField(default=0, verbose_name="taken back")),
                (
                    "owed_segments",
                    models.BigIntegerField(default=0, verbose_name="spent before, owed"),
                ),
                (
                    "recovered_segments",
                    models.BigIntegerField(default=0, verbose_name="came back since"),
                ),
                (
                    "written_off_segments",
                    models.BigIntegerField(default=0, verbose_name="written off"),
                ),
                (
                    "write_off_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why written off"),
                ),
                ("requested_at", models.DateTimeField(verbose_name="asked for at")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why declined"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveField(
            model_name="lotevent",
            name="account",
        ),
        migrations.RemoveField(
            model_name="lotevent",
            name="pgh_context",
        ),
        migrations.RemoveField(
            model_name="lotevent",
            name="pgh_obj",
        ),
        migrations.RemoveField(
            model_name="lotevent",
            name="recharge",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="bankentry",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="bankentry",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="lot",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="lot",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="lot",
            name="recharges_lot_one_per_account",
        ),
        migrations.RemoveConstraint(
            model_name="lot",
            name="recharges_lot_remaining_within_segments",
        ),
        migrations.AddField(
            model_name="bankentry",
            name="due_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="to be credited by"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="bankentry",
            name="found_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="found at"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="bankentry",
            name="settled_at",
            field=models.DateTimeField(null=True, verbose_name="settled at"),
        ),
        migrations.AddField(
            model_name="bankentryevent",
            name="due_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="to be credited by"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="bankentryevent",
            name="found_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="found at"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="bankentryevent",
            name="settled_at",
            field=models.DateTimeField(null=True, verbose_name="settled at"),
        ),
        migrations.AddField(
            model_name="lot",
            name="arrived_sequence",
            field=models.BigIntegerField(
                help_text="The entry of the account's ledger that brought it; none while on its way.",
                null=True,
                verbose_name="number of the entry",
            ),
        ),
        migrations.AddField(
            model_name="lot",
            name="moved_segments",
            field=models.BigIntegerField(default=0, verbose_name="moved to other accounts"),
        ),
        migrations.AddField(
            model_name="lot",
            name="parent",
            field=models.ForeignKey(
                help_text="The lot of another account that a transfer took it from.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="recharges.lot",
                verbose_name="part of",
            ),
        ),
        migrations.AddField(
            model_name="lot",
            name="reversed_segments",
            field=models.BigIntegerField(default=0, verbose_name="taken back"),
        ),
        migrations.AddField(
            model_name="lot",
            name="spent_segments",
            field=models.BigIntegerField(default=0, verbose_name="spent"),
        ),
        migrations.AddField(
            model_name="lot",
            name="transfer_id",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="lot",
            name="created_at",
            field=models.DateTimeField(verbose_name="came at"),
        ),
        migrations.AlterField(
            model_name="recharge",
            name="bank_entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recharges",
                to="recharges.bankentry",
                verbose_name="bank entry",
            ),
        ),
        migrations.AddIndex(
            model_name="bankentry",
            index=models.Index(fields=["due_at", "id"], name="recharges_bankentry_due"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankentry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recharges_bankentryevent" ("amount_yuan", "bank_account", "due_at", "entered_at", "entered_by_id", "found_at", "id", "payer", "payer_account", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "reference", "serial", "settled_at", "statement_id", "status", "status_reason") VALUES (NEW."amount_yuan", NEW."bank_account", NEW."due_at", NEW."entered_at", NEW."entered_by_id", NEW."found_at", NEW."id", NEW."payer", NEW."payer_account", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_at", NEW."reference", NEW."serial", NEW."settled_at", NEW."statement_id", NEW."status", NEW."status_reason"); RETURN NULL;',
                    hash="2320df82af6d62a6e8888e9c05c16078ef7b4e15",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d025d",
                    table="recharges_bankentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankentry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recharges_bankentryevent" ("amount_yuan", "bank_account", "due_at", "entered_at", "entered_by_id", "found_at", "id", "payer", "payer_account", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "reference", "serial", "settled_at", "statement_id", "status", "status_reason") VALUES (NEW."amount_yuan", NEW."bank_account", NEW."due_at", NEW."entered_at", NEW."entered_by_id", NEW."found_at", NEW."id", NEW."payer", NEW."payer_account", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_at", NEW."reference", NEW."serial", NEW."settled_at", NEW."statement_id", NEW."status", NEW."status_reason"); RETURN NULL;',
                    hash="331a4549b06be382cb7e1bff141794422279ac23",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_44541",
                    table="recharges_bankentry",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parent__isnull", True)),
                fields=("recharge",),
                name="recharges_lot_one_per_recharge",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.UniqueConstraint(
                fields=("transfer_id", "parent"), name="recharges_lot_moved_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("parent__isnull", True), ("transfer_id__isnull", True)),
                    models.Q(("parent__isnull", False), ("transfer_id__isnull", False)),
                    _connector="OR",
                ),
                name="recharges_lot_part_names_its_transfer",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("moved_segments__gte", 0),
                    ("remaining_segments__gte", 0),
                    ("reversed_segments__gte", 0),
                    (
                        "segments",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("remaining_segments"), "+", models.F("spent_segments")
                                ),
                                "+",
                                models.F("moved_segments"),
                            ),
                            "+",
                            models.F("reversed_segments"),
                        ),
                    ),
                    ("spent_segments__gte", 0),
                ),
                name="recharges_lot_parts_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="recharge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "REVERSED"), _negated=True),
                fields=("bank_entry",),
                name="recharges_recharge_one_per_bank_entry",
            ),
        ),
        migrations.AddField(
            model_name="latecredit",
            name="bank_entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="late_credits",
                to="recharges.bankentry",
                verbose_name="bank entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="rechargepolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)), name="recharges_policy_only_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="rechargepolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("one_person_max_yuan__gt", 0)),
                name="recharges_policy_limit_above_zero",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rechargepolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recharges_rechargepolicyevent" ("cut_off", "id", "one_person_max_yuan", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cut_off", NEW."id", NEW."one_person_max_yuan", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="f8ac16e058724c52a8a611ae7e4960bfd3bbd1d1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5b74f",
                    table="recharges_rechargepolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rechargepolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recharges_rechargepolicyevent" ("cut_off", "id", "one_person_max_yuan", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cut_off", NEW."id", NEW."one_person_max_yuan", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="a9c5029f082213e389d3721a80f22dc80012c77d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e05fc",
                    table="recharges_rechargepolicy",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="rechargepolicyevent",
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
            model_name="rechargepolicyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="recharges.rechargepolicy",
            ),
        ),
        migrations.AddField(
            model_name="rechargereceipt",
            name="recharge",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipt",
                to="recharges.recharge",
                verbose_name="recharge",
            ),
        ),
        migrations.AddField(
            model_name="reversal",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="reversal",
            name="recharge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversals",
                to="recharges.recharge",
                verbose_name="recharge",
            ),
        ),
        migrations.AddField(
            model_name="reversal",
            name="requested_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked for by",
            ),
        ),
        migrations.AddField(
            model_name="reversalevent",
            name="decided_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="reversalevent",
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
            model_name="reversalevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="recharges.reversal",
            ),
        ),
        migrations.AddField(
            model_name="reversalevent",
            name="recharge",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="recharges.recharge",
                verbose_name="recharge",
            ),
        ),
        migrations.AddField(
            model_name="reversalevent",
            name="requested_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked for by",
            ),
        ),
        migrations.DeleteModel(
            name="LotEvent",
        ),
        migrations.AddIndex(
            model_name="latecredit",
            index=models.Index(fields=["-due_at", "-id"], name="recharges_latecredit_newest"),
        ),
        migrations.AddConstraint(
            model_name="latecredit",
            constraint=models.UniqueConstraint(
                fields=("bank_entry", "due_at"), name="recharges_latecredit_noticed_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="latecredit",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8adcb3368571a32afccdfe3296bd6ebf804fe281",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3d2a1",
                    table="recharges_latecredit",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="rechargereceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sha256__regex", "^[0-9a-f]{64}$"),
                    ("size__gt", 0),
                    models.Q(("file", ""), _negated=True),
                ),
                name="recharges_rechargereceipt_is_there",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rechargereceipt",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ca2df30960e969fd4cdaa870acb904d61e9a5e24",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e17c1",
                    table="recharges_rechargereceipt",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="reversal",
            index=models.Index(
                condition=models.Q(("status", "PENDING")),
                fields=["requested_at", "id"],
                name="recharges_reversal_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="reversal",
            index=models.Index(
                condition=models.Q(
                    (
                        "owed_segments__gt",
                        django.db.models.expressions.CombinedExpression(
                            models.F("recovered_segments"), "+", models.F("written_off_segments")
                        ),
                    )
                ),
                fields=["decided_at", "id"],
                name="recharges_reversal_owed",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "DECLINED"), _negated=True),
                fields=("recharge",),
                name="recharges_reversal_one_per_recharge",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["PENDING", "APPROVED", "DECLINED"])),
                name="recharges_reversal_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("status", "PENDING")),
                    models.Q(
                        models.Q(("status", "PENDING"), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="recharges_reversal_decided_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(
                        models.Q(("status", "DECLINED"), _negated=True),
                        models.Q(("decision_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="recharges_reversal_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "segments",
                            django.db.models.expressions.CombinedExpression(
                                models.F("taken_segments"), "+", models.F("owed_segments")
                            ),
                        ),
                        ("status", "APPROVED"),
                    ),
                    models.Q(
                        models.Q(("status", "APPROVED"), _negated=True),
                        ("owed_segments", 0),
                        ("taken_segments", 0),
                    ),
                    _connector="OR",
                ),
                name="recharges_reversal_nothing_lost",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_segments__gte", 0),
                    (
                        "owed_segments__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("recovered_segments"), "+", models.F("written_off_segments")
                        ),
                    ),
                    ("recovered_segments__gte", 0),
                    ("segments__gt", 0),
                    ("taken_segments__gte", 0),
                    ("written_off_segments__gte", 0),
                ),
                name="recharges_reversal_owed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("written_off_segments", 0),
                    models.Q(("write_off_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="recharges_reversal_written_off_with_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reversal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "recharges_reversalevent" ("cause", "decided_at", "decided_by_id", "decision_reason", "held_segments", "id", "owed_segments", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recharge_id", "recovered_segments", "requested_at", "requested_by_id", "segments", "status", "taken_segments", "write_off_reason", "written_off_segments") VALUES (NEW."cause", NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."held_segments", NEW."id", NEW."owed_segments", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."recharge_id", NEW."recovered_segments", NEW."requested_at", NEW."requested_by_id", NEW."segments", NEW."status", NEW."taken_segments", NEW."write_off_reason", NEW."written_off_segments"); RETURN NULL;',
                    hash="72663f1ba104416b2fbaf2754e901d55468187a9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a56a1",
                    table="recharges_reversal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reversal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "recharges_reversalevent" ("cause", "decided_at", "decided_by_id", "decision_reason", "held_segments", "id", "owed_segments", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recharge_id", "recovered_segments", "requested_at", "requested_by_id", "segments", "status", "taken_segments", "write_off_reason", "written_off_segments") VALUES (NEW."cause", NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."held_segments", NEW."id", NEW."owed_segments", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."recharge_id", NEW."recovered_segments", NEW."requested_at", NEW."requested_by_id", NEW."segments", NEW."status", NEW."taken_segments", NEW."write_off_reason", NEW."written_off_segments"); RETURN NULL;',
                    hash="e5e2206a85dd91d4ea0f6db49eba956dba1d9b06",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f7000",
                    table="recharges_reversal",
                    when="AFTER",
                ),
            ),
        ),
    ]
