import apps.signatures.models.letters
import apps.signatures.models.policies
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("signatures", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthorisationLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "grantor_name",
                    models.CharField(max_length=100, verbose_name="company that authorises"),
                ),
                (
                    "grantor_code",
                    models.CharField(max_length=18, verbose_name="its unified social credit code"),
                ),
                (
                    "grantee_name",
                    models.CharField(max_length=100, verbose_name="authorised company"),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        help_text="On that day it holds no longer.", verbose_name="valid until"
                    ),
                ),
                (
                    "covers_all",
                    models.BooleanField(default=False, verbose_name="covers every signature"),
                ),
                (
                    "texts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="signatures it names",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        upload_to=apps.signatures.models.letters.letter_path,
                        verbose_name="scan",
                    ),
                ),
                (
                    "content_type",
                    models.CharField(blank=True, max_length=20, verbose_name="content type"),
                ),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                (
                    "stored_sha256",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="SHA-256 of the kept bytes"
                    ),
                ),
                ("page_count", models.PositiveSmallIntegerField(default=1, verbose_name="pages")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Draft"),
                            ("SUBMITTED", "Submitted"),
                            ("APPROVED", "Approved"),
                            ("REJECTED", "Rejected"),
                            ("REVOKED", "Revoked"),
                            ("EXPIRED", "Expired"),
                        ],
                        default="DRAFT",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "order_number",
                    models.CharField(blank=True, max_length=20, verbose_name="work order"),
                ),
                ("entered_at", models.DateTimeField(verbose_name="entered at")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted at")),
                ("due_at", models.DateTimeField(null=True, verbose_name="due at")),
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
            ],
            options={
                "verbose_name": "authorisation letter",
                "verbose_name_plural": "authorisation letters",
            },
        ),
        migrations.CreateModel(
            name="AuthorisationLetterEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "grantor_name",
                    models.CharField(max_length=100, verbose_name="company that authorises"),
                ),
                (
                    "grantor_code",
                    models.CharField(max_length=18, verbose_name="its unified social credit code"),
                ),
                (
                    "grantee_name",
                    models.CharField(max_length=100, verbose_name="authorised company"),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        help_text="On that day it holds no longer.", verbose_name="valid until"
                    ),
                ),
                (
                    "covers_all",
                    models.BooleanField(default=False, verbose_name="covers every signature"),
                ),
                (
                    "texts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="signatures it names",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        upload_to=apps.signatures.models.letters.letter_path,
                        verbose_name="scan",
                    ),
                ),
                (
                    "content_type",
                    models.CharField(blank=True, max_length=20, verbose_name="content type"),
                ),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                (
                    "stored_sha256",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="SHA-256 of the kept bytes"
                    ),
                ),
                ("page_count", models.PositiveSmallIntegerField(default=1, verbose_name="pages")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("DRAFT", "Draft"),
                            ("SUBMITTED", "Submitted"),
                            ("APPROVED", "Approved"),
                            ("REJECTED", "Rejected"),
                            ("REVOKED", "Revoked"),
                            ("EXPIRED", "Expired"),
                        ],
                        default="DRAFT",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "order_number",
                    models.CharField(blank=True, max_length=20, verbose_name="work order"),
                ),
                ("entered_at", models.DateTimeField(verbose_name="entered at")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted at")),
                ("due_at", models.DateTimeField(null=True, verbose_name="due at")),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExpiryWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "paper",
                    models.CharField(help_text="`proof:` or `letter:` and its id.", max_length=30),
                ),
                ("valid_until", models.DateField(verbose_name="valid until")),
                ("threshold_days", models.PositiveSmallIntegerField()),
                ("warned_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "warning of expiry",
                "verbose_name_plural": "warnings of expiry",
            },
        ),
        migrations.CreateModel(
            name="OperatorRegistration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "operator",
                    models.CharField(
                        choices=[
                            ("MOBILE", "China Mobile"),
                            ("UNICOM", "China Unicom"),
                            ("TELECOM", "China Telecom"),
                            ("BROADNET", "China Broadnet"),
                        ],
                        max_length=8,
                        verbose_name="operator",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("NOT_FILED", "Not filed"),
                            ("FILED", "Filed"),
                            ("REGISTERED", "Registered"),
                            ("REFUSED", "Refused by the operator"),
                        ],
                        default="NOT_FILED",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="filed on")),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                (
                    "extension",
                    models.CharField(
                        blank=True,
                        help_text="The digits that follow the channel's number, bound to the signature.",
                        max_length=20,
                        verbose_name="extension",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
            ],
            options={
                "verbose_name": "operator registration",
                "verbose_name_plural": "operator registrations",
            },
        ),
        migrations.CreateModel(
            name="OperatorRegistrationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "operator",
                    models.CharField(
                        choices=[
                            ("MOBILE", "China Mobile"),
                            ("UNICOM", "China Unicom"),
                            ("TELECOM", "China Telecom"),
                            ("BROADNET", "China Broadnet"),
                        ],
                        max_length=8,
                        verbose_name="operator",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("NOT_FILED", "Not filed"),
                            ("FILED", "Filed"),
                            ("REGISTERED", "Registered"),
                            ("REFUSED", "Refused by the operator"),
                        ],
                        default="NOT_FILED",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="filed on")),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="answered on"),
                ),
                (
                    "extension",
                    models.CharField(
                        blank=True,
                        help_text="The digits that follow the channel's number, bound to the signature.",
                        max_length=20,
                        verbose_name="extension",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrderCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prefix", models.CharField(max_length=2)),
                ("day", models.DateField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "order counter",
                "verbose_name_plural": "order counters",
            },
        ),
        migrations.CreateModel(
            name="Round",
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
                ("text", models.CharField(max_length=32, verbose_name="signature")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("COMPANY", "Company"),
                            ("INSTITUTION", "Institution or government"),
                            ("WEBSITE", "Website"),
                            ("APP", "App"),
                            ("OFFICIAL_ACCOUNT", "Official account or mini-program"),
                            ("TRADEMARK", "Trademark"),
                            ("SHOP", "E-commerce shop"),
                        ],
                        max_length=16,
                        verbose_name="is the name of",
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[("OWN", "Own name"), ("BEHALF", "On behalf of another")],
                        max_length=6,
                        verbose_name="use",
                    ),
                ),
                ("particulars", models.JSONField(default=dict, verbose_name="particulars")),
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
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
            },
        ),
        migrations.CreateModel(
            name="RoundEvent",
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
                ("text", models.CharField(max_length=32, verbose_name="signature")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("COMPANY", "Company"),
                            ("INSTITUTION", "Institution or government"),
                            ("WEBSITE", "Website"),
                            ("APP", "App"),
                            ("OFFICIAL_ACCOUNT", "Official account or mini-program"),
                            ("TRADEMARK", "Trademark"),
                            ("SHOP", "E-commerce shop"),
                        ],
                        max_length=16,
                        verbose_name="is the name of",
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[("OWN", "Own name"), ("BEHALF", "On behalf of another")],
                        max_length=6,
                        verbose_name="use",
                    ),
                ),
                ("particulars", models.JSONField(default=dict, verbose_name="particulars")),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignaturePolicy",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "min_characters",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="2 to 32 characters.",
                        verbose_name="shortest signature",
                    ),
                ),
                (
                    "max_characters",
                    models.PositiveSmallIntegerField(
                        default=12,
                        help_text="2 to 32 characters.",
                        verbose_name="longest signature",
                    ),
                ),
                (
                    "generic_words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=apps.signatures.models.policies.default_generic_words,
                        help_text="One word a line.",
                        size=None,
                        verbose_name="words too general to be a signature",
                    ),
                ),
                (
                    "is_real_name_required",
                    models.BooleanField(
                        default=False,
                        help_text="Applications then need the legal person, the person in charge and that person's ID card. Otherwise the reviewer is told what is not there.",
                        verbose_name="real-name filing is required",
                    ),
                ),
                (
                    "required_operators",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("MOBILE", "China Mobile"),
                                ("UNICOM", "China Unicom"),
                                ("TELECOM", "China Telecom"),
                                ("BROADNET", "China Broadnet"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        help_text="A signature is approved only when these operators have registered it. With none, registration never keeps a signature from being used.",
                        size=None,
                        verbose_name="registered with, before approval",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature rules",
                "verbose_name_plural": "signature rules",
            },
        ),
        migrations.CreateModel(
            name="SignaturePolicyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, editable=False, serialize=False),
                ),
                (
                    "min_characters",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="2 to 32 characters.",
                        verbose_name="shortest signature",
                    ),
                ),
                (
                    "max_characters",
                    models.PositiveSmallIntegerField(
                        default=12,
                        help_text="2 to 32 characters.",
                        verbose_name="longest signature",
                    ),
                ),
                (
                    "generic_words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=apps.signatures.models.policies.default_generic_words,
                        help_text="One word a line.",
                        size=None,
                        verbose_name="words too general to be a signature",
                    ),
                ),
                (
                    "is_real_name_required",
                    models.BooleanField(
                        default=False,
                        help_text="Applications then need the legal person, the person in charge and that person's ID card. Otherwise the reviewer is told what is not there.",
                        verbose_name="real-name filing is required",
                    ),
                ),
                (
                    "required_operators",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("MOBILE", "China Mobile"),
                                ("UNICOM", "China Unicom"),
                                ("TELECOM", "China Telecom"),
                                ("BROADNET", "China Broadnet"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        help_text="A signature is approved only when these operators have registered it. With none, registration never keeps a signature from being used.",
                        size=None,
                        verbose_name="registered with, before approval",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="proofdocument",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="proofdocument",
            name="update_update",
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
            model_name="proofdocument",
            name="signatures_proofdocument_same_file_once",
        ),
        migrations.RemoveConstraint(
            model_name="proofdocument",
            name="signatures_proofdocument_type_known",
        ),
        migrations.RemoveConstraint(
            model_name="signature",
            name="signatures_signature_one_text_per_account",
        ),
        migrations.RemoveConstraint(
            model_name="signature",
            name="signatures_signature_default_was_approved",
        ),
        migrations.RemoveConstraint(
            model_name="signature",
            name="signatures_signature_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="signature",
            name="signatures_signature_submitted_has_moment",
        ),
        migrations.RemoveConstraint(
            model_name="signature",
            name="signatures_signature_judged_has_moment",
        ),
        migrations.RemoveIndex(
            model_name="signature",
            name="signatures_signature_waiting",
        ),
        migrations.AddField(
            model_name="proofdocument",
            name="name",
            field=models.CharField(blank=True, max_length=255, verbose_name="file name"),
        ),
        migrations.AddField(
            model_name="proofdocument",
            name="page_count",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="pages"),
        ),
        migrations.AddField(
            model_name="proofdocument",
            name="removed_at",
            field=models.DateTimeField(null=True, verbose_name="removed at"),
        ),
        migrations.AddField(
            model_name="proofdocument",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replacements",
                to="signatures.proofdocument",
                verbose_name="replaces",
            ),
        ),
        migrations.AddField(
            model_name="proofdocument",
            name="stored_sha256",
            field=models.CharField(
                blank=True, max_length=64, verbose_name="SHA-256 of the kept bytes"
            ),
        ),
        migrations.AddField(
            model_name="proofdocument",
            name="valid_until",
            field=models.DateField(
                blank=True,
                help_text="On that day it holds no longer; empty for papers without an end.",
                null=True,
                verbose_name="valid until",
            ),
        ),
        migrations.AddField(
            model_name="proofdocumentevent",
            name="name",
            field=models.CharField(blank=True, max_length=255, verbose_name="file name"),
        ),
        migrations.AddField(
            model_name="proofdocumentevent",
            name="page_count",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="pages"),
        ),
        migrations.AddField(
            model_name="proofdocumentevent",
            name="removed_at",
            field=models.DateTimeField(null=True, verbose_name="removed at"),
        ),
        migrations.AddField(
            model_name="proofdocumentevent",
            name="replaces",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="signatures.proofdocument",
                verbose_name="replaces",
            ),
        ),
        migrations.AddField(
            model_name="proofdocumentevent",
            name="stored_sha256",
            field=models.CharField(
                blank=True, max_length=64, verbose_name="SHA-256 of the kept bytes"
            ),
        ),
        migrations.AddField(
            model_name="proofdocumentevent",
            name="valid_until",
            field=models.DateField(
                blank=True,
                help_text="On that day it holds no longer; empty for papers without an end.",
                null=True,
                verbose_name="valid until",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="company_code",
            field=models.CharField(
                blank=True, max_length=18, verbose_name="unified social credit code"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="company_name",
            field=models.CharField(
                blank=True, max_length=100, verbose_name="company on the licence"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="due_at",
            field=models.DateTimeField(null=True, verbose_name="due at"),
        ),
        migrations.AddField(
            model_name="signature",
            name="holds_until",
            field=models.DateField(blank=True, null=True, verbose_name="proved until"),
        ),
        migrations.AddField(
            model_name="signature",
            name="legal_person",
            field=models.CharField(blank=True, max_length=50, verbose_name="legal person"),
        ),
        migrations.AddField(
            model_name="signature",
            name="operator_id_tail",
            field=models.CharField(
                blank=True,
                help_text="The whole number stands on the ID card alone; it is not kept.",
                max_length=4,
                verbose_name="last 4 of the ID number",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="operator_name",
            field=models.CharField(blank=True, max_length=50, verbose_name="person in charge"),
        ),
        migrations.AddField(
            model_name="signature",
            name="sample_texts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=500),
                blank=True,
                default=list,
                size=None,
                verbose_name="sample messages",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="source_detail",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="domain, App, account, trademark or shop"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="use",
            field=models.CharField(
                choices=[("OWN", "Own name"), ("BEHALF", "On behalf of another")],
                default="OWN",
                max_length=6,
                verbose_name="use",
            ),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="company_code",
            field=models.CharField(
                blank=True, max_length=18, verbose_name="unified social credit code"
            ),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="company_name",
            field=models.CharField(
                blank=True, max_length=100, verbose_name="company on the licence"
            ),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="due_at",
            field=models.DateTimeField(null=True, verbose_name="due at"),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="holds_until",
            field=models.DateField(blank=True, null=True, verbose_name="proved until"),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="legal_person",
            field=models.CharField(blank=True, max_length=50, verbose_name="legal person"),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="operator_id_tail",
            field=models.CharField(
                blank=True,
                help_text="The whole number stands on the ID card alone; it is not kept.",
                max_length=4,
                verbose_name="last 4 of the ID number",
            ),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="operator_name",
            field=models.CharField(blank=True, max_length=50, verbose_name="person in charge"),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="sample_texts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=500),
                blank=True,
                default=list,
                size=None,
                verbose_name="sample messages",
            ),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="source_detail",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="domain, App, account, trademark or shop"
            ),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="use",
            field=models.CharField(
                choices=[("OWN", "Own name"), ("BEHALF", "On behalf of another")],
                default="OWN",
                max_length=6,
                verbose_name="use",
            ),
        ),
        migrations.AlterField(
            model_name="proofdocument",
            name="type",
            field=models.CharField(
                choices=[
                    ("LICENCE", "Business licence, stamped copy"),
                    ("ORGANISATION_CODE", "Organisation code certificate, stamped copy"),
                    ("DOMAIN_CERTIFICATE", "Website domain certificate, stamped copy"),
                    ("CREDIT_CODE_CERTIFICATE", "Unified social credit code certificate"),
                    ("INSTITUTION_CERTIFICATE", "Certificate of an institution"),
                    ("SOCIAL_GROUP_CERTIFICATE", "Registration of a social group"),
                    ("ENFORCEMENT_QUALIFICATION", "Qualification as an administrative authority"),
                    ("SITE_FILING", "Website filing (ICP)"),
                    ("APP_FILING", "App filing (ICP)"),
                    ("APP_STORE_PAGE", "Screenshot of the App store page"),
                    ("ACCOUNT_SCREENSHOT", "Screenshot of the official account"),
                    ("TRADEMARK_CERTIFICATE", "Trademark certificate"),
                    ("SHOP_SCREENSHOT", "Screenshot of the shop"),
                    ("AUTHORISATION", "Copy of an authorisation letter"),
                    ("OWNER_LICENCE", "Licence of the company that authorises"),
                    ("OPERATOR_ID_FRONT", "ID card of the person in charge, front"),
                    ("OPERATOR_ID_BACK", "ID card of the person in charge, back"),
                    ("OPERATOR_HOLDING_ID", "Photo of the person in charge holding the ID"),
                    ("LEGAL_PERSON_ID", "ID card of the legal person"),
                    ("SOFTWARE_COPYRIGHT", "Software copyright certificate"),
                    ("INDUSTRY_PERMIT", "Permit of a special line of business"),
                    ("OTHER", "Other paper"),
                ],
                max_length=25,
                verbose_name="type",
            ),
        ),
        migrations.AlterField(
            model_name="proofdocumentevent",
            name="type",
            field=models.CharField(
                choices=[
                    ("LICENCE", "Business licence, stamped copy"),
                    ("ORGANISATION_CODE", "Organisation code certificate, stamped copy"),
                    ("DOMAIN_CERTIFICATE", "Website domain certificate, stamped copy"),
                    ("CREDIT_CODE_CERTIFICATE", "Unified social credit code certificate"),
                    ("INSTITUTION_CERTIFICATE", "Certificate of an institution"),
                    ("SOCIAL_GROUP_CERTIFICATE", "Registration of a social group"),
                    ("ENFORCEMENT_QUALIFICATION", "Qualification as an administrative authority"),
                    ("SITE_FILING", "Website filing (ICP)"),
                    ("APP_FILING", "App filing (ICP)"),
                    ("APP_STORE_PAGE", "Screenshot of the App store page"),
                    ("ACCOUNT_SCREENSHOT", "Screenshot of the official account"),
                    ("TRADEMARK_CERTIFICATE", "Trademark certificate"),
                    ("SHOP_SCREENSHOT", "Screenshot of the shop"),
                    ("AUTHORISATION", "Copy of an authorisation letter"),
                    ("OWNER_LICENCE", "Licence of the company that authorises"),
                    ("OPERATOR_ID_FRONT", "ID card of the person in charge, front"),
                    ("OPERATOR_ID_BACK", "ID card of the person in charge, back"),
                    ("OPERATOR_HOLDING_ID", "Photo of the person in charge holding the ID"),
                    ("LEGAL_PERSON_ID", "ID card of the legal person"),
                    ("SOFTWARE_COPYRIGHT", "Software copyright certificate"),
                    ("INDUSTRY_PERMIT", "Permit of a special line of business"),
                    ("OTHER", "Other paper"),
                ],
                max_length=25,
                verbose_name="type",
            ),
        ),
        migrations.AlterField(
            model_name="signature",
            name="status",
            field=models.CharField(
                choices=[
                    ("DRAFT", "Draft"),
                    ("SUBMITTED", "Submitted"),
                    ("APPROVED", "Approved"),
                    ("REJECTED", "Rejected"),
                    ("SUSPENDED", "Suspended"),
                    ("EXPIRED", "Expired"),
                    ("REVOKED", "Revoked"),
                    ("ABANDONED", "Given up"),
                ],
                default="DRAFT",
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="signatureevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("DRAFT", "Draft"),
                    ("SUBMITTED", "Submitted"),
                    ("APPROVED", "Approved"),
                    ("REJECTED", "Rejected"),
                    ("SUSPENDED", "Suspended"),
                    ("EXPIRED", "Expired"),
                    ("REVOKED", "Revoked"),
                    ("ABANDONED", "Given up"),
                ],
                default="DRAFT",
                max_length=9,
                verbose_name="status",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proofdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "signatures_proofdocumentevent" ("content_type", "file", "id", "name", "page_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "replaces_id", "sha256", "signature_id", "size", "stored_sha256", "type", "uploaded_at", "uploaded_by_id", "valid_until") VALUES (NEW."content_type", NEW."file", NEW."id", NEW."name", NEW."page_count", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."removed_at", NEW."replaces_id", NEW."sha256", NEW."signature_id", NEW."size", NEW."stored_sha256", NEW."type", NEW."uploaded_at", NEW."uploaded_by_id", NEW."valid_until"); RETURN NULL;',
                    hash="c200bca7f920656339a576bdcddc1a7a190de46c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_58595",
                    table="signatures_proofdocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proofdocument",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "signatures_proofdocumentevent" ("content_type", "file", "id", "name", "page_count", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "removed_at", "replaces_id", "sha256", "signature_id", "size", "stored_sha256", "type", "uploaded_at", "uploaded_by_id", "valid_until") VALUES (NEW."content_type", NEW."file", NEW."id", NEW."name", NEW."page_count", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."removed_at", NEW."replaces_id", NEW."sha256", NEW."signature_id", NEW."size", NEW."stored_sha256", NEW."type", NEW."uploaded_at", NEW."uploaded_by_id", NEW."valid_until"); RETURN NULL;',
                    hash="7c136cc42e6db757c0fed5645a3422a7cfb183af",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5e22b",
                    table="signatures_proofdocument",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signature",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "signatures_signatureevent" ("account_id", "applied_at", "applied_by_id", "company_code", "company_name", "due_at", "holds_until", "id", "is_default", "judged_at", "judged_by_id", "legal_person", "letter_id", "operator_id_tail", "operator_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sample_texts", "source", "source_detail", "status", "submitted_at", "text", "use") VALUES (NEW."account_id", NEW."applied_at", NEW."applied_by_id", NEW."company_code", NEW."company_name", NEW."due_at", NEW."holds_until", NEW."id", NEW."is_default", NEW."judged_at", NEW."judged_by_id", NEW."legal_person", NEW."letter_id", NEW."operator_id_tail", NEW."operator_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."sample_texts", NEW."source", NEW."source_detail", NEW."status", NEW."submitted_at", NEW."text", NEW."use"); RETURN NULL;',
                    hash="7bf10db6d1970d0b2de5d8859903359c6e81eae0",
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
                    func='INSERT INTO "signatures_signatureevent" ("account_id", "applied_at", "applied_by_id", "company_code", "company_name", "due_at", "holds_until", "id", "is_default", "judged_at", "judged_by_id", "legal_person", "letter_id", "operator_id_tail", "operator_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sample_texts", "source", "source_detail", "status", "submitted_at", "text", "use") VALUES (NEW."account_id", NEW."applied_at", NEW."applied_by_id", NEW."company_code", NEW."company_name", NEW."due_at", NEW."holds_until", NEW."id", NEW."is_default", NEW."judged_at", NEW."judged_by_id", NEW."legal_person", NEW."letter_id", NEW."operator_id_tail", NEW."operator_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."sample_texts", NEW."source", NEW."source_detail", NEW."status", NEW."submitted_at", NEW."text", NEW."use"); RETURN NULL;',
                    hash="5bab1e9fcbf40fedb0006de6def728196ef3eee4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b7d66",
                    table="signatures_signature",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="proofdocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True)),
                fields=("signature", "sha256"),
                name="signatures_proofdocument_same_file_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="proofdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "type__in",
                        [
                            "LICENCE",
                            "ORGANISATION_CODE",
                            "DOMAIN_CERTIFICATE",
                            "CREDIT_CODE_CERTIFICATE",
                            "INSTITUTION_CERTIFICATE",
                            "SOCIAL_GROUP_CERTIFICATE",
                            "ENFORCEMENT_QUALIFICATION",
                            "SITE_FILING",
                            "APP_FILING",
                            "APP_STORE_PAGE",
                            "ACCOUNT_SCREENSHOT",
                            "TRADEMARK_CERTIFICATE",
                            "SHOP_SCREENSHOT",
                            "AUTHORISATION",
                            "OWNER_LICENCE",
                            "OPERATOR_ID_FRONT",
                            "OPERATOR_ID_BACK",
                            "OPERATOR_HOLDING_ID",
                            "LEGAL_PERSON_ID",
                            "SOFTWARE_COPYRIGHT",
                            "INDUSTRY_PERMIT",
                            "OTHER",
                        ],
                    )
                ),
                name="signatures_proofdocument_type_known",
            ),
        ),
        migrations.AddField(
            model_name="authorisationletter",
            name="entered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AddField(
            model_name="authorisationletter",
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
            model_name="authorisationletter",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="authorisation_letters",
                to="partners.partner",
                verbose_name="partner",
            ),
        ),
        migrations.AddField(
            model_name="authorisationletter",
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
            model_name="signature",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signatures",
                to="signatures.authorisationletter",
                verbose_name="authorisation letter",
            ),
        ),
        migrations.AddField(
            model_name="signatureevent",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="signatures.authorisationletter",
                verbose_name="authorisation letter",
            ),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)),
                fields=["due_at", "id"],
                name="signatures_signature_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("status__in", ["APPROVED", "SUSPENDED"])),
                fields=["holds_until"],
                name="signatures_signature_ending",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["REVOKED", "ABANDONED"]), _negated=True),
                fields=("account", "text"),
                name="signatures_signature_one_text_per_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_default", False),
                    ("status__in", ["APPROVED", "SUSPENDED", "EXPIRED"]),
                    _connector="OR",
                ),
                name="signatures_signature_default_was_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "DRAFT",
                            "SUBMITTED",
                            "APPROVED",
                            "REJECTED",
                            "SUSPENDED",
                            "EXPIRED",
                            "REVOKED",
                            "ABANDONED",
                        ],
                    )
                ),
                name="signatures_signature_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("use", "BEHALF"),
                    models.Q(("letter__isnull", True), ("use", "OWN")),
                    _connector="OR",
                ),
                name="signatures_signature_own_use_needs_no_letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(("operator_id_tail__regex", "^([0-9]{3}[0-9X])?$")),
                name="signatures_signature_id_tail_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["DRAFT", "ABANDONED"]),
                    ("submitted_at__isnull", False),
                    _connector="OR",
                ),
                name="signatures_signature_submitted_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["DRAFT", "SUBMITTED", "ABANDONED"]),
                    ("judged_at__isnull", False),
                    _connector="OR",
                ),
                name="signatures_signature_judged_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__isnull", True),
                    ("status__in", ["SUBMITTED", "APPROVED", "SUSPENDED", "EXPIRED"]),
                    _connector="OR",
                ),
                name="signatures_signature_due_is_open",
            ),
        ),
        migrations.AddField(
            model_name="authorisationletterevent",
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
        migrations.AddField(
            model_name="authorisationletterevent",
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
            model_name="authorisationletterevent",
            name="partner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="partners.partner",
                verbose_name="partner",
            ),
        ),
        migrations.AddField(
            model_name="authorisationletterevent",
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
            model_name="authorisationletterevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="signatures.authorisationletter",
            ),
        ),
        migrations.AddField(
            model_name="authorisationletterevent",
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
        migrations.AddField(
            model_name="expirywarning",
            name="signature",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="warnings",
                to="signatures.signature",
            ),
        ),
        migrations.AddField(
            model_name="operatorregistration",
            name="signature",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registrations",
                to="signatures.signature",
                verbose_name="signature",
            ),
        ),
        migrations.AddField(
            model_name="operatorregistrationevent",
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
            model_name="operatorregistrationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="signatures.operatorregistration",
            ),
        ),
        migrations.AddField(
            model_name="operatorregistrationevent",
            name="signature",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="signatures.signature",
                verbose_name="signature",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordercounter",
            constraint=models.UniqueConstraint(
                fields=("prefix", "day"), name="signatures_ordercounter_once"
            ),
        ),
        migrations.AddField(
            model_name="round",
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
            model_name="round",
            name="letter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="signatures.authorisationletter",
                verbose_name="authorisation letter",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="proofs",
            field=models.ManyToManyField(
                related_name="rounds", to="signatures.proofdocument", verbose_name="proof documents"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="signature",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="signatures.signature",
                verbose_name="signature",
            ),
        ),
        migrations.AddField(
            model_name="round",
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
            model_name="roundevent",
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
            model_name="roundevent",
            name="letter",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="signatures.authorisationletter",
                verbose_name="authorisation letter",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
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
            model_name="roundevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="signatures.round",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
            name="signature",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="signatures.signature",
                verbose_name="signature",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
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
        migrations.AddConstraint(
            model_name="signaturepolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)), name="signatures_policy_only_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="signaturepolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("max_characters__gte", models.F("min_characters")),
                    ("max_characters__lte", 32),
                    ("min_characters__gte", 2),
                ),
                name="signatures_policy_lengths",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signaturepolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "signatures_signaturepolicyevent" ("generic_words", "id", "is_real_name_required", "max_characters", "min_characters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required_operators") VALUES (NEW."generic_words", NEW."id", NEW."is_real_name_required", NEW."max_characters", NEW."min_characters", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."required_operators"); RETURN NULL;',
                    hash="642f85c2eed356a6504c8b602dfc307695cafd4f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9cc59",
                    table="signatures_signaturepolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="signaturepolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "signatures_signaturepolicyevent" ("generic_words", "id", "is_real_name_required", "max_characters", "min_characters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required_operators") VALUES (NEW."generic_words", NEW."id", NEW."is_real_name_required", NEW."max_characters", NEW."min_characters", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."required_operators"); RETURN NULL;',
                    hash="e20911dbdda0bedc09600604d8048d57d5b30a0f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3be43",
                    table="signatures_signaturepolicy",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="signaturepolicyevent",
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
            model_name="signaturepolicyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="signatures.signaturepolicy",
            ),
        ),
        migrations.AddIndex(
            model_name="authorisationletter",
            index=models.Index(
                condition=models.Q(("status", "SUBMITTED")),
                fields=["due_at", "id"],
                name="signatures_letter_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="authorisationletter",
            index=models.Index(
                condition=models.Q(("status", "APPROVED")),
                fields=["valid_until"],
                name="signatures_letter_ending",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gt", models.F("valid_from"))),
                name="signatures_letter_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["DRAFT", "SUBMITTED", "APPROVED", "REJECTED", "REVOKED", "EXPIRED"],
                    )
                ),
                name="signatures_letter_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "DRAFT"),
                    models.Q(
                        ("submitted_at__isnull", False), models.Q(("file", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="signatures_letter_submitted_has_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "SUBMITTED"), ("due_at__isnull", True), _connector="XOR"
                ),
                name="signatures_letter_waiting_is_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["DRAFT", "SUBMITTED"]),
                    ("judged_at__isnull", False),
                    _connector="OR",
                ),
                name="signatures_letter_judged_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_by", models.F("entered_by")), _negated=True),
                    models.Q(("judged_by", models.F("submitted_by")), _negated=True),
                ),
                name="signatures_letter_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "DRAFT"),
                    ("covers_all", True),
                    models.Q(("texts", []), _negated=True),
                    _connector="OR",
                ),
                name="signatures_letter_covers_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("order_number", ""), _negated=True),
                fields=("order_number",),
                name="signatures_letter_one_order_number",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="authorisationletter",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "signatures_authorisationletterevent" ("content_type", "covers_all", "due_at", "entered_at", "entered_by_id", "file", "grantee_name", "grantor_code", "grantor_name", "id", "judged_at", "judged_by_id", "order_number", "page_count", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "remark", "sha256", "status", "stored_sha256", "submitted_at", "submitted_by_id", "texts", "valid_from", "valid_until") VALUES (NEW."content_type", NEW."covers_all", NEW."due_at", NEW."entered_at", NEW."entered_by_id", NEW."file", NEW."grantee_name", NEW."grantor_code", NEW."grantor_name", NEW."id", NEW."judged_at", NEW."judged_by_id", NEW."order_number", NEW."page_count", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."remark", NEW."sha256", NEW."status", NEW."stored_sha256", NEW."submitted_at", NEW."submitted_by_id", NEW."texts", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                    hash="a8e2656c695ed07d60687d64c5401d3357fc9d65",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_01d4c",
                    table="signatures_authorisationletter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="authorisationletter",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "signatures_authorisationletterevent" ("content_type", "covers_all", "due_at", "entered_at", "entered_by_id", "file", "grantee_name", "grantor_code", "grantor_name", "id", "judged_at", "judged_by_id", "order_number", "page_count", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "remark", "sha256", "status", "stored_sha256", "submitted_at", "submitted_by_id", "texts", "valid_from", "valid_until") VALUES (NEW."content_type", NEW."covers_all", NEW."due_at", NEW."entered_at", NEW."entered_by_id", NEW."file", NEW."grantee_name", NEW."grantor_code", NEW."grantor_name", NEW."id", NEW."judged_at", NEW."judged_by_id", NEW."order_number", NEW."page_count", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."remark", NEW."sha256", NEW."status", NEW."stored_sha256", NEW."submitted_at", NEW."submitted_by_id", NEW."texts", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                    hash="92f5ede4e9662e631ab27e0957a0df90a3e1bdc6",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1bbfd",
                    table="signatures_authorisationletter",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="expirywarning",
            constraint=models.UniqueConstraint(
                fields=("signature", "paper", "valid_until", "threshold_days"),
                name="signatures_expirywarning_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="operatorregistration",
            constraint=models.UniqueConstraint(
                fields=("signature", "operator"), name="signatures_registration_one_per_operator"
            ),
        ),
        migrations.AddConstraint(
            model_name="operatorregistration",
            constraint=models.CheckConstraint(
                condition=models.Q(("operator__in", ["MOBILE", "UNICOM", "TELECOM", "BROADNET"])),
                name="signatures_registration_operator_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="operatorregistration",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["NOT_FILED", "FILED", "REGISTERED", "REFUSED"])),
                name="signatures_registration_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="operatorregistration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "NOT_FILED"), ("filed_on__isnull", False), _connector="OR"
                ),
                name="signatures_registration_filed_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="operatorregistration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["REGISTERED", "REFUSED"]), _negated=True),
                    ("answered_on__isnull", False),
                    _connector="OR",
                ),
                name="signatures_registration_answered_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="operatorregistration",
            constraint=models.CheckConstraint(
                condition=models.Q(("extension__regex", "^[0-9]*$")),
                name="signatures_registration_extension_form",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="operatorregistration",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "signatures_operatorregistrationevent" ("answered_on", "extension", "filed_on", "id", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "remark", "signature_id", "status") VALUES (NEW."answered_on", NEW."extension", NEW."filed_on", NEW."id", NEW."operator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."remark", NEW."signature_id", NEW."status"); RETURN NULL;',
                    hash="f2949efda84fa89768f37b83e9fbdabb03f9704f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4af04",
                    table="signatures_operatorregistration",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="operatorregistration",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "signatures_operatorregistrationevent" ("answered_on", "extension", "filed_on", "id", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "remark", "signature_id", "status") VALUES (NEW."answered_on", NEW."extension", NEW."filed_on", NEW."id", NEW."operator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."remark", NEW."signature_id", NEW."status"); RETURN NULL;',
                    hash="2669eb0fcca598e98308c3c8610fa1076149731e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_60371",
                    table="signatures_operatorregistration",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(
                condition=models.Q(("status", "WAITING")),
                fields=["due_at", "id"],
                name="signatures_round_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(fields=["text"], name="signatures_round_text"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("order_number", "number"), name="signatures_round_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "WAITING")),
                fields=("signature",),
                name="signatures_round_one_open_per_signature",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["WAITING", "APPROVED", "REJECTED", "WITHDRAWN"])
                ),
                name="signatures_round_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "WAITING"), ("judged_at__isnull", False), _connector="OR"
                ),
                name="signatures_round_closed_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "REJECTED"), _negated=True),
                    models.Q(("reasons", []), _negated=True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="signatures_round_rejected_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_by", models.F("submitted_by")), _negated=True),
                    ("status", "WITHDRAWN"),
                    _connector="OR",
                ),
                name="signatures_round_four_eyes",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "signatures_roundevent" ("due_at", "id", "is_renewal", "judged_at", "judged_by_id", "letter_id", "number", "order_number", "particulars", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "remark", "signature_id", "source", "status", "submitted_at", "submitted_by_id", "text", "urge_count", "urged_at", "use") VALUES (NEW."due_at", NEW."id", NEW."is_renewal", NEW."judged_at", NEW."judged_by_id", NEW."letter_id", NEW."number", NEW."order_number", NEW."particulars", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."remark", NEW."signature_id", NEW."source", NEW."status", NEW."submitted_at", NEW."submitted_by_id", NEW."text", NEW."urge_count", NEW."urged_at", NEW."use"); RETURN NULL;',
                    hash="c1479080e76c3b823dceceb92932bba88609b9d3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_39232",
                    table="signatures_round",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "signatures_roundevent" ("due_at", "id", "is_renewal", "judged_at", "judged_by_id", "letter_id", "number", "order_number", "particulars", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "remark", "signature_id", "source", "status", "submitted_at", "submitted_by_id", "text", "urge_count", "urged_at", "use") VALUES (NEW."due_at", NEW."id", NEW."is_renewal", NEW."judged_at", NEW."judged_by_id", NEW."letter_id", NEW."number", NEW."order_number", NEW."particulars", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."remark", NEW."signature_id", NEW."source", NEW."status", NEW."submitted_at", NEW."submitted_by_id", NEW."text", NEW."urge_count", NEW."urged_at", NEW."use"); RETURN NULL;',
                    hash="66674552de5a51c250378601f9d3c40ec7f40154",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_514cc",
                    table="signatures_round",
                    when="AFTER",
                ),
            ),
        ),
    ]
