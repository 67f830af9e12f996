from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_balance_without_threshold"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ledgerentry",
            name="about",
            field=models.CharField(
                choices=[
                    ("BATCH", "Batch"),
                    ("RECHARGE", "Recharge"),
                    ("REVERSAL", "Reversal"),
                    ("TRANSFER", "Transfer"),
                    ("CORRECTION", "Correction"),
                ],
                max_length=10,
                verbose_name="about",
            ),
        ),
    ]
