"""A phone fetches one style sheet, though it is written as many."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command
from pytest_django.fixtures import Settings

from clinic_site.staticfiles import bundle


def test_imports_are_put_in_place_as_layers() -> None:
    files = {"a.css": "a { color: red; }"}
    css = bundle('@layer one;\n@import url("a.css") layer(one);\n', files.__getitem__)
    assert css == "@layer one;@layer one{a{color: red;}}"


def test_collected_style_sheets_import_nothing_and_point_to_named_files(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # ours are enough to see it
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "clinic_site.staticfiles.BundledManifestStorage"},
    }
    for _ in range(2):  # a second collection must start from the sources again
        call_command("collectstatic", verbosity=0, interactive=False)
    (css,) = tmp_path.glob("css/site.*.css")
    assert "@import" not in css.read_text()
    assert "@layer tokens{" in css.read_text()
    assert (tmp_path / f"css/{css.name}.br").exists()
    assert finders.find("css/site.css")
