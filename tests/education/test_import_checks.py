"""An import puts words before patients, so what the checks call an error stops it, as it stops every other way."""

from datetime import timedelta

import pytest

from education.exchange import import_folder
from education.faults import ContentError
from education.models import Page
from tests.education.conftest import NOW, Folder, write
from tests.education.exchanging import bring, change_on_site, knee, page_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("dry_run", [True, False])
def test_words_that_the_checks_call_wrong_do_not_come_before_patients(folder: Folder, dry_run: bool) -> None:
    bring(folder)
    folder.put("conditions/elbow", write("Elbow pain", "## One\n\nIt cures elbow pain.\n", order=2))
    folder.put("about", write("About us", order=5))
    with pytest.raises(ContentError, match=r"en/conditions/elbow\.md:11: error claim-words: “It cures elbow pain\.”"):
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
