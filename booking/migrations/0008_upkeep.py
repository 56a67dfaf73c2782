"""Keep what tells whether the keys are right, that processes live, and how far deleting has come."""

from django.db import migrations, models
from django.utils import timezone

from booking.key_check import remember


def remember_the_keys(apps, schema_editor):
    """Keep the present keys' word: they fill a new database, or are shown to fit the one that is there."""
    remember(apps)


def look_at_the_clock(apps, schema_editor):
    """Note the time, so that the worker's very first look already knows a clock that jumped."""
    now = timezone.now()
    apps.get_model("booking", "DeletingClock").objects.create(pk=1, seen_at=now, done_until=now)


class Migration(migrations.Migration):
    dependencies = [("booking", "0007_search_keys_by_whole_words")]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "who",
                    models.CharField(
                        choices=[("web", "Web"), ("worker", "Worker")], max_length=6, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="DeletingClock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField()),
                ("done_until", models.DateTimeField()),
                ("jumped_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="deleting_clock_is_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.TextField()),
                ("hashed", models.CharField(max_length=64)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="key_check_is_one_row")],
            },
        ),
        migrations.RunPython(remember_the_keys, migrations.RunPython.noop),
        migrations.RunPython(look_at_the_clock, migrations.RunPython.noop),
    ]
