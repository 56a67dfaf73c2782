"""The ground every test stands on: its own var/, quick passwords, plain static files, no network."""

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("CLINIC_VAR", tempfile.mkdtemp(prefix="clinic-test-"))
os.environ["EMAIL_HOST"] = ""

from django.conf import settings as django_settings
from django.db import connection
from pytest_django.fixtures import Settings
from pytest_django.plugin import blocking_manager_key

# A busy machine is no fault of the code: properties are judged by what they find, not by the clock.
hypothesis.settings.register_profile(
    "clinic", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], max_examples=50
)
hypothesis.settings.load_profile("clinic")


def pytest_configure() -> None:
    """Make the whole run quick: the safe hasher and the manifest are tested where they matter."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    if "sqlite" in django_settings.DATABASES["default"]["ENGINE"]:
        django_settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = (
            ":memory:"  # also for an engine that is our own
        )
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Bring back what migrations made, which a test with real transactions empties: whatever comes next needs it."""
    result = yield
    marker = item.get_closest_marker("django_db")
    if marker is not None and marker.kwargs.get("serialized_rollback"):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
    return result


@pytest.fixture(autouse=True)
def _own_media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
