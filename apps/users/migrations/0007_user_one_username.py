"""A log-in name is one person's in whatever case, as the services said before the database did."""

from django.db import migrations, models
from django.db.models import Count
from django.db.models.functions import Lower


def name_those_alike(apps, schema_editor):
    """Stop before the index fails, and say which log-in names differ by their case alone."""
    users = apps.get_model("users", "User").objects
    alike = (
        users.annotate(bare=Lower("username"))
        .values_list("bare", flat=True)
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .order_by("bare")
    )
    if alike:
        raise RuntimeError(
            f"These log-in names stand for several people each: {', '.join(alike)}. "
            "Rename all but one of each, then migrate again."
        )


class Migration(migrations.Migration):
    dependencies = [("users", "0006_user_sessions_ended")]

    operations = [
        migrations.RunPython(name_those_alike, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                Lower("username"),
                name="users_user_one_username",
                violation_error_message="Somebody signs in with that name already.",
            ),
        ),
    ]
