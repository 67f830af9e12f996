"""Letters get rounds, and signatures the columns that all kinds have."""

import apps.signatures.models.letters
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("signatures", "0006_names_of_reviews"),
        ("reviews", "0002_order_counter_and_end_warning"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order_number", models.CharField(max_length=20, verbose_name="work order")),
                ("number", models.PositiveSmallIntegerField(verbose_name="round")),
                ("is_renewal", models.BooleanField(default=False, verbose_name="renewal")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("WAITING", "Waiting to be judged"),
                            ("APPROVED", "Approved"),
                            ("REJECTED", "Rejected"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="WAITING",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                ("urge_count", models.PositiveSmallIntegerField(default=0, verbose_name="urged")),
                ("urged_at", models.DateTimeField(null=True, verbose_name="last urged at")),
                ("judged_at", models.DateTimeField(null=True, verbose_name="judged at")),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="reasons",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("particulars", models.JSONField(default=dict, verbose_name="particulars")),
                (
                    "file",
                    models.FileField(
                        upload_to=apps.signatures.models.letters.letter_path, verbose_name="scan"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
            },
        ),
        migrations.CreateModel(
            name="LetterRoundEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("order_number", models.CharField(max_length=20, verbose_name="work order")),
                ("number", models.PositiveSmallIntegerField(verbose_name="round")),
                ("is_renewal", models.BooleanField(default=False, verbose_name="renewal")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("WAITING", "Waiting to be judged"),
                            ("APPROVED", "Approved"),
                            ("REJECTED", "Rejected"),
                            ("WITHDRAWN", "Withdrawn"),
                        ],
                        default="WAITING",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                ("urge_count", models.PositiveSmallIntegerField(default=0, verbose_name="urged")),
                ("urged_at", models.DateTimeField(null=True, verbose_name="last urged at")),
                ("judged_at", models.DateTimeField(null=True, verbose_name="judged at")),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="reasons",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("particulars", models.JSONField(default=dict, verbose_name="particulars")),
                (
                    "file",
                    models.FileField(
                        upload_to=apps.signatures.models.letters.letter_path, verbose_name="scan"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="signature",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="signature",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="round",
            name="signatures_round_one_open_per_signature",
        ),
        migrations.RemoveConstraint(
            model_name="round",
            name="signatures_round_closed_has_moment",
        ),
        migrations.AddField(
            model_name="signature",
            name="reasons",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
                verbose_name="reasons",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="submitted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="reasons",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
                verbose_name="reasons",
            ),
        ),
        migrations.AddField(
            model_name="signatureevent",
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
        migrations.AlterField(
            model_name="round",
            name="letter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signature_rounds",
                to="signatures.authorisationletter",
                verbose_name="authorisation letter",
            ),
        ),
        migrations.AlterField(
            model_name="signature",
            name="entered_at",
            field=models.DateTimeField(verbose_name="entered at"),
        ),
        migrations.AlterField(
            model_name="signature",
            name="entered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AlterField(
            model_name="signature",
            name="remark",
            field=models.CharField(blank=True, max_length=200, verbose_name="remark"),
        ),
        migrations.AlterField(
            model_name="signatureevent",
            name="entered_at",
            field=models.DateTimeField(verbose_name="entered at"),
        ),
        migrations.AlterField(
            model_name="signatureevent",
            name="entered_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AlterField(
            model_name="signatureevent",
            name="remark",
            field=models.CharField(blank=True, max_length=200, verbose_name="remark"),
        ),
        migrations.AddField(
            model_name="letterround",
            name="judged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="judged by",
            ),
        ),
        migrations.AddField(
            model_name="letterround",
            name="letter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="signatures.authorisationletter",
                verbose_name="authorisation letter",
            ),
        ),
        migrations.AddField(
            model_name="letterround",
            name="submitted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
        migrations.AddField(
            model_name="letterroundevent",
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
            model_name="letterroundevent",
            name="letter",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="signatures.authorisationletter",
                verbose_name="authorisation letter",
            ),
        ),
        migrations.AddField(
            model_name="letterroundevent",
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
            model_name="letterroundevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="signatures.letterround",
            ),
        ),
        migrations.AddField(
            model_name="letterroundevent",
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
