"""Create the four roles as groups."""

from typing import Any

from django.db import migrations

from clinic_site.roles import create_roles


def create(apps: Any, schema_editor: Any) -> None:
    """Create groups and permissions in the migration's own registry."""
    create_roles(apps)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("booking", "0001_initial"),
        ("education", "0001_initial"),
    ]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
