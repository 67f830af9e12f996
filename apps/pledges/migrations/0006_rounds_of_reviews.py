"""Rounds get the columns that all kinds have."""

import apps.pledges.models.pledges
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0005_names_of_reviews"),
        ("reviews", "0002_order_counter_and_end_warning"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="PledgeRoundEvent",
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
                (
                    "particulars",
                    models.JSONField(default=dict, verbose_name="particulars as printed"),
                ),
                (
                    "form",
                    models.FileField(
                        blank=True,
                        upload_to=apps.pledges.models.pledges.form_path,
                        verbose_name="printed form",
                    ),
                ),
                (
                    "form_sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the form"),
                ),
                (
                    "signed_copy",
                    models.FileField(
                        upload_to=apps.pledges.models.pledges.signed_copy_path,
                        verbose_name="signed copy",
                    ),
                ),
                ("content_type", models.CharField(max_length=20, verbose_name="content type")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="pledge",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="pledge",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="pledgeround",
            name="pledges_round_one_number",
        ),
        migrations.RemoveConstraint(
            model_name="pledgeround",
            name="pledges_round_one_waiting_per_pledge",
        ),
        migrations.RemoveConstraint(
            model_name="pledgeround",
            name="pledges_round_status_known",
        ),
        migrations.AddField(
            model_name="pledgeround",
            name="is_renewal",
            field=models.BooleanField(default=False, verbose_name="renewal"),
        ),
        migrations.AddField(
            model_name="pledgeround",
            name="order_number",
            field=models.CharField(default="", max_length=20, verbose_name="work order"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="pledgeround",
            name="urge_count",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="urged"),
        ),
        migrations.AddField(
            model_name="pledgeround",
            name="urged_at",
            field=models.DateTimeField(null=True, verbose_name="last urged at"),
        ),
        migrations.AlterField(
            model_name="pledge",
            name="due_at",
            field=models.DateTimeField(null=True, verbose_name="due at"),
        ),
        migrations.AlterField(
            model_name="pledge",
            name="entered_at",
            field=models.DateTimeField(verbose_name="entered at"),
        ),
        migrations.AlterField(
            model_name="pledge",
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
            model_name="pledge",
            name="reasons",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
                verbose_name="reasons",
            ),
        ),
        migrations.AlterField(
            model_name="pledgeevent",
            name="due_at",
            field=models.DateTimeField(null=True, verbose_name="due at"),
        ),
        migrations.AlterField(
            model_name="pledgeevent",
            name="entered_at",
            field=models.DateTimeField(verbose_name="entered at"),
        ),
        migrations.AlterField(
            model_name="pledgeevent",
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
            model_name="pledgeevent",
            name="reasons",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
                verbose_name="reasons",
            ),
        ),
        migrations.AlterField(
            model_name="pledgeround",
            name="due_at",
            field=models.DateTimeField(verbose_name="due at"),
        ),
        migrations.AlterField(
            model_name="pledgeround",
            name="judged_at",
            field=models.DateTimeField(null=True, verbose_name="judged at"),
        ),
        migrations.AlterField(
            model_name="pledgeround",
            name="judged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="judged by",
            ),
        ),
        migrations.AlterField(
            model_name="pledgeround",
            name="reasons",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
                verbose_name="reasons",
            ),
        ),
    ]
