"""Guards: the repository itself keeps its rules."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from booking.fields import SealedTextField

ROOT = Path(settings.BASE_DIR)
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
OURS = ("clinic_site", "booking", "education")


def test_imports_point_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


def test_keys_across_the_apps_leave_no_back_door() -> None:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            if not field.concrete or other is None or model._meta.app_label not in OURS:
                continue
            if other._meta.app_label != model._meta.app_label:
                assert field.remote_field.related_name == "+", field


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("model", apps.get_app_config("booking").get_models(), ids=lambda model: model.__name__)
def test_every_stored_field_is_declared_personal_or_not_and_personal_is_sealed(model: type) -> None:
    fields = {field.name: field for field in model._meta.concrete_fields}
    assert set(fields) == model.Privacy.personal | model.Privacy.not_personal
    assert {name for name, field in fields.items() if isinstance(field, SealedTextField)} == model.Privacy.personal


def test_nothing_large_is_committed() -> None:
    assert [name for name in TRACKED if (ROOT / name).is_file() and (ROOT / name).stat().st_size > 200_000] == []


def test_no_path_of_one_machine_is_committed() -> None:
    machine = re.compile(r"""(^|[\s"'=(])/(work|root|home/[a-z]+|tmp/plan)/""", re.MULTILINE)
    found = [
        name
        for name in TRACKED
        if (ROOT / name).is_file()
        and Path(name).suffix in {".py", ".md", ".toml", ".html", ".css", ".js", ".txt", ".sh", ""}
        and machine.search((ROOT / name).read_text("utf-8", "ignore"))
    ]
    assert found == []


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = sorted(file.name[:4] for file in (ROOT / "docs/decisions").iterdir())
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_modules_stay_small() -> None:
    """Over 200 lines a module holds two ideas."""
    long = {
        name: lines
        for name in TRACKED
        if name.endswith(".py") and name.startswith(OURS) and "/migrations/" not in name and (ROOT / name).exists()
        if (lines := len((ROOT / name).read_text().splitlines())) > 200
    }
    assert long == {}
