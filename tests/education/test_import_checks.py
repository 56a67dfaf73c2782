"""An import puts words before patients, so what the checks call an error stops it, as it stops every other way."""

from datetime import timedelta
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from education import import_plan
from education.exchange import import_folder
from education.faults import ContentError
from education.images.exchange import export_pictures
from education.images.files import folder as files
from education.images.gallery import keep_picture
from education.images.pixels import make_afresh
from education.models import Edition, Page, Picture
from tests.education.conftest import NOW, Folder, noted, write
from tests.education.drawn import drawn, encoded
from tests.education.exchanging import bring, change_on_site, knee, page_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("dry_run", [True, False])
def test_words_that_the_checks_call_wrong_do_not_come_before_patients(folder: Folder, dry_run: bool) -> None:
    bring(folder)
    folder.put("conditions/elbow", write("Elbow pain", "## One\n\nIt cures elbow pain.\n", order=2))
    folder.put("about", write("About us", order=5))
    with pytest.raises(ContentError, match=r"en/conditions/elbow\.md:13: error claim-words: “It cures elbow pain\.”"):
        bring(folder, dry_run=dry_run)
    assert not Page.objects.filter(path="about").exists()
    assert "Words." in page_at("conditions/elbow").words().text


def test_in_a_conflict_only_words_without_an_error_are_taken(folder: Folder) -> None:
    bring(folder)
    change_on_site(folder.read("conditions/knee").replace("See", "Look at"), published=True)
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "A miracle. See"))
    with pytest.raises(ContentError, match="miracle"):
        bring(folder, take="files")
    bring(folder, take="site")
    assert "Look at" in knee().words().text


def test_a_machine_whose_clock_is_slow_gets_its_pages(folder: Folder) -> None:
    import_folder(folder.root, at=NOW - timedelta(days=400))
    assert Page.objects.published().count() == 5


@pytest.mark.parametrize("dry_run", [True, False])
def test_changed_words_come_before_patients_only_with_a_note_of_the_change(folder: Folder, dry_run: bool) -> None:
    bring(folder)
    edition, words = Edition.now(), folder.read("conditions/elbow").replace("Words.", "Other words.")
    folder.put("conditions/elbow", words, silently=True)
    with pytest.raises(ContentError, match=r"en/conditions/elbow\.md:\d+: Say what changed for readers"):
        bring(folder, dry_run=dry_run)
    assert (Edition.now(), page_at("conditions/elbow").revisions.count()) == (edition, 1)
    folder.put("conditions/elbow", noted(words, "Said otherwise."), silently=True)
    assert bring(folder).changed == 1


def test_a_correction_stays_in_the_file_for_ever(folder: Folder) -> None:
    bring(folder)
    text = folder.read("conditions/elbow")
    wrong = noted(text, "We had this wrong.").replace("kind: wording", "kind: correction")
    folder.put("conditions/elbow", wrong)
    bring(folder)
    folder.put("conditions/elbow", noted(text, "Said otherwise."), silently=True)
    with pytest.raises(ContentError, match="Corrections stay for ever"):
        bring(folder)


@pytest.mark.parametrize("take", ["files", "site"])
def test_nothing_is_rendered_checked_or_drawn_while_an_import_writes(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, take: str
) -> None:
    bring(folder)
    change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    folder.put("conditions/elbow", folder.read("conditions/elbow").replace("Words.", "Other words."))
    keep_picture(make_afresh(encoded(drawn(), "PNG")), name="knee", by=None, at=NOW, alt="A knee", credit="Z")
    export_pictures(folder.root)
    Picture.objects.all().delete()
    outside, seen = len(connection.savepoint_ids), set()
    works = ("future.press", "revisions.press", "gates.findings", "images.folder._made", "images.files.derive")
    for place in works:

        def noting(work: Any, name: str, *args: Any, **named: Any) -> Any:
            assert len(connection.savepoint_ids) == outside, f"{name} while the rows are locked"
            seen.add(name)
            return work(*args, **named)

        monkeypatch.setattr(f"education.{place}", partial(noting, _at(place), place))
    for file in files().iterdir():
        file.unlink()
    bring(folder, take=take)
    assert seen == set(works)


def _at(place: str) -> Any:
    module, _dot, name = place.rpartition(".")
    return getattr(import_module(f"education.{module}"), name)


def test_an_import_begins_again_when_somebody_saves_meanwhile(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(folder)
    folder.put("conditions/elbow", folder.read("conditions/elbow").replace("Words.", "Other words."))
    work, saved = import_plan.unfit, []

    def interrupted(*args: Any) -> Any:
        if not saved:
            saved.append(change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True))
        return work(*args)

    monkeypatch.setattr("education.import_plan.unfit", interrupted)
    assert bring(folder).changed == 1
    assert knee().published == saved[0]


def test_an_import_that_is_always_overtaken_says_so_and_changes_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(folder)
    folder.put("conditions/elbow", folder.read("conditions/elbow").replace("Words.", "Other words."))
    monkeypatch.setattr("education.import_plan.site_now", lambda lock=False: (lock,))
    with pytest.raises(ContentError, match="the site changed while the pages were made ready; import again"):
        bring(folder)
    assert page_at("conditions/elbow").revisions.count() == 1
