"""Write the lookup keys of names anew: letters of every script are part of a word now, and joiners are not said."""

from typing import Any

from cryptography.fernet import InvalidToken
from django.db import migrations

from booking import search_keys


def add_missing_keys(apps: Any, schema_editor: Any) -> None:
    """Add the keys that a request lacks; one that cannot be unsealed keeps those it has."""
    requests, keys = apps.get_model("booking", "ConsultationRequest"), apps.get_model("booking", "SearchKey")
    for pk in requests.objects.values_list("pk", flat=True):
        try:
            row = requests.objects.get(pk=pk)
        except (InvalidToken, ValueError):
            continue
        digests = search_keys.for_request(row)
        keys.objects.bulk_create([keys(request=row, digest=digest) for digest in digests], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("booking", "0006_who_helps")]
    operations = [migrations.RunPython(add_missing_keys, migrations.RunPython.noop)]
