"""Keep the month of a count as a number: no check of the database may need a function that only Django knows."""

from django.db import migrations, models
from django.db.models.functions import ExtractMonth, ExtractYear


def number(apps, schema_editor):
    """Write down the month of each count as a number, as `education.models.opinion.month_of` does."""
    opinions = apps.get_model("education", "Opinion").objects
    opinions.update(number=ExtractYear("month") * 12 + ExtractMonth("month") - 1)


class Migration(migrations.Migration):
    dependencies = [("education", "0006_opinions_of_readers")]

    operations = [
        migrations.AddField("opinion", "number", models.PositiveIntegerField(default=0), preserve_default=False),
        migrations.RunPython(number),
        migrations.RemoveConstraint("opinion", "opinion_of_first_of_month"),
        migrations.RemoveConstraint("opinion", "opinion_one_a_month"),
        migrations.RemoveField("opinion", "month"),
        migrations.RenameField("opinion", "number", "month"),
        migrations.AddConstraint(
            "opinion",
            models.UniqueConstraint(fields=["revision", "answer", "heading", "month"], name="opinion_one_a_month"),
        ),
    ]
