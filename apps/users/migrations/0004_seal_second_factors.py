"""Seal the secrets of second factors that stand in clear."""

from django.db import migrations

from apps.common import sealing

PURPOSE = "users.second_factor"


def each_secret(apps):
    factors = apps.get_model("mfa", "Authenticator").objects
    for factor in factors.filter(type__in=["totp", "recovery_codes"]).order_by("pk"):
        for name in {"secret", "seed"} & factor.data.keys():
            yield factor, name, factor.data[name]


def seal(apps, schema_editor):
    for factor, name, stored in each_secret(apps):
        if not sealing.is_sealed(stored):
            factor.data[name] = sealing.seal(stored, purpose=PURPOSE)
            factor.save(update_fields=["data"])


def unseal(apps, schema_editor):
    for factor, name, stored in each_secret(apps):
        if sealing.is_sealed(stored):
            factor.data[name] = sealing.unseal(stored, purpose=PURPOSE)
            factor.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("mfa", "0003_authenticator_type_uniq"),
        ("users", "0003_user_language"),
    ]

    operations = [migrations.RunPython(seal, unseal)]
