"""Give the roles what publishing, signing and pictures need."""

from typing import Any

from django.db import migrations

from clinic_site.roles import create_roles


def grant(apps: Any, schema_editor: Any) -> None:
    """Add what is missing in the migration's own registry."""
    create_roles(apps)


class Migration(migrations.Migration):
    dependencies = [("clinic_site", "0001_roles"), ("education", "0002_publishing")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
