"""Claims were kept by `users`; the table goes over with its rows and changes its names alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RENAMES = [
    ("ALTER TABLE {} RENAME TO {}", "users_claim", "reviews_claim"),
    ("ALTER SEQUENCE {} RENAME TO {}", "users_claim_id_seq", "reviews_claim_id_seq"),
    (
        "ALTER TABLE reviews_claim RENAME CONSTRAINT {} TO {}",
        "users_claim_one_per_subject",
        "reviews_claim_one_per_subject",
    ),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("users", "0007_user_one_username")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [statement.format(old, new) for statement, old, new in RENAMES],
                    [statement.format(new, old) for statement, old, new in reversed(RENAMES)],
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("queue", models.CharField(max_length=32)),
                        ("subject_id", models.CharField(max_length=40)),
                        ("claimed_at", models.DateTimeField(verbose_name="claimed at")),
                        ("lapses_at", models.DateTimeField(verbose_name="claimed until")),
                        (
                            "claimed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="claims",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="claimed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "claim",
                        "verbose_name_plural": "claims",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("queue", "subject_id"), name="reviews_claim_one_per_subject"
                            )
                        ],
                    },
                )
            ],
        )
    ]
