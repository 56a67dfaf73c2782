"""Files and site: what comes over, what stays, and that nobody's words are overwritten."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from education.exchange import Report, check_folder, import_folder, status
from education.faults import ContentError
from education.models import Edition, Page, Revision
from education.revisions import publish, save_text
from tests.education.conftest import NOW, Folder, write

pytestmark = pytest.mark.django_db


def bring(folder: Folder, *, dry_run: bool = False) -> Report:
    return import_folder(folder.root, dry_run=dry_run, at=NOW)


def knee() -> Page:
    return Page.objects.get(path="conditions/knee")


def change_on_site(text: str, *, published: bool = False) -> Revision:
    revision = save_text(knee(), text, author=None, note="On the site", at=NOW + timedelta(hours=1))
    if published:
        publish(revision, by=None, at=NOW + timedelta(hours=1))
    return revision


def test_an_import_publishes_every_file(folder: Folder) -> None:
    report = bring(folder)
    assert report.changed == Page.objects.published().count() == 5
    assert report.conflicts == []
    page = knee()
    assert page.published == page.exchanged == page.newest()
    assert page.published is not None
    assert page.published.text == folder.read("conditions/knee")
    assert page.published.author is None
    assert "en/conditions/knee.md" in page.published.note


def test_a_second_import_writes_nothing_and_asks_little(folder: Folder) -> None:
    bring(folder)
    edition = Edition.now()
    with CaptureQueriesContext(connection) as queries:
        report = bring(folder)
    assert report == Report()
    assert Edition.now() == edition
    assert Revision.objects.count() == 5
    assert len(queries) <= 2
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_a_changed_file_becomes_a_new_revision_and_the_old_one_stays(folder: Folder) -> None:
    bring(folder)
    edition = Edition.now()
    old = knee().published
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    report = bring(folder)
    assert report.changed == 1
    assert "en/conditions/knee.md: changed" in report.lines[0]
    assert knee().revisions.count() == 2
    assert old is not None
    assert Revision.objects.get(pk=old.pk).text == old.text
    assert Edition.now() == edition + 1


def test_words_changed_on_the_site_stay(folder: Folder) -> None:
    bring(folder)
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    report = bring(folder)
    assert report.changed == 0
    assert report.conflicts == []
    assert "was changed on the site and stays" in report.lines[0]
    assert knee().published == mine


@pytest.mark.parametrize("published", [True, False])
def test_words_changed_on_both_sides_are_a_conflict_and_nothing_is_overwritten(folder: Folder, published: bool) -> None:
    bring(folder)
    before = knee().published
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=published)
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    folder.put("conditions/elbow", folder.read("conditions/elbow").replace("Words.", "More words."))
    report = bring(folder)
    assert len(report.conflicts) == 1
    assert "/conditions/knee/ was changed in the file and on the site" in report.conflicts[0]
    assert knee().newest() == mine
    assert knee().published == (mine if published else before)
    assert report.changed == 1, "the other pages still come in"
    assert bring(folder).conflicts == report.conflicts


def test_the_same_words_on_both_sides_are_no_conflict(folder: Folder) -> None:
    bring(folder)
    words = folder.read("conditions/knee").replace("See", "Visit")
    change_on_site(words)
    folder.put("conditions/knee", words)
    report = bring(folder)
    assert report.conflicts == []
    assert knee().revisions.count() == 2
    assert knee().published == knee().exchanged == knee().newest()


def test_a_page_made_on_both_sides_is_a_conflict(folder: Folder) -> None:
    bring(folder)
    page = Page.objects.create(language="en", path="conditions/hip")
    save_text(page, write("Hip pain", order=7), author=None, note="", at=NOW)
    folder.put("conditions/hip", write("Hip and thigh", order=7))
    assert len(bring(folder).conflicts) == 1
    page.refresh_from_db()
    assert page.published is None


def test_a_file_that_is_gone_takes_its_page_from_patients_and_can_come_back(folder: Folder) -> None:
    bring(folder)
    text = folder.read("conditions/elbow")
    folder.path("conditions/elbow").unlink()
    report = bring(folder)
    assert report.changed == 1
    assert "/conditions/elbow/: its file is gone" in report.lines[0]
    page = Page.objects.get(path="conditions/elbow")
    assert page.published is None
    assert page.revisions.count() == 1
    assert bring(folder) == Report()
    folder.put("conditions/elbow", text)
    assert bring(folder).changed == 1
    page.refresh_from_db()
    assert page.published is not None
    assert page.revisions.count() == 1


def test_a_page_changed_on_the_site_outlives_its_file(folder: Folder) -> None:
    bring(folder)
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    folder.path("conditions/knee").unlink()
    report = bring(folder)
    assert report.changed == 0
    assert knee().published == mine


def test_one_fault_in_one_file_leaves_the_whole_site_as_it_was(folder: Folder) -> None:
    bring(folder)
    edition = Edition.now()
    folder.put("conditions/elbow", folder.read("conditions/elbow").replace("Words.", "New."))
    folder.put("conditions/knee", folder.read("conditions/knee").replace("[home](/)", "[away](/nowhere/)"))
    with pytest.raises(ContentError, match=r"en/conditions/knee\.md:18: the link '/nowhere/' leads to no page"):
        bring(folder)
    assert (Edition.now(), Revision.objects.count()) == (edition, 5)


def test_an_import_that_breaks_off_leaves_nothing_behind(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut() -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(Edition, "move_on", power_cut)
    with pytest.raises(RuntimeError):
        bring(folder)
    assert not Page.objects.exists()


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("/conditions/elbow", "write /conditions/elbow/"),
        ("/conditions/elbow/#nothing", "has no place called #nothing"),
        ("#nothing", "no '#nothing' on this page"),
        ("/conditions/shin/", "leads to no page"),
    ],
)
def test_links_that_lead_nowhere_are_found_across_the_folder(folder: Folder, link: str, words: str) -> None:
    folder.put("conditions/knee", folder.read("conditions/knee").replace("(/)", f"({link})"))
    assert any(words in fault.message for fault in check_folder(folder.root))


def test_links_to_places_and_services_that_exist_are_fine(folder: Folder) -> None:
    links = "[a](/conditions/elbow/#one) [b](#what-it-is) [c](/staff/) [d](#sources)"
    folder.put("conditions/knee", folder.read("conditions/knee") + links.replace("/staff/", f"/{settings.STAFF_PATH}"))
    assert check_folder(folder.root) == []


def test_a_removed_page_that_others_link_to_is_refused(folder: Folder) -> None:
    folder.put("conditions/elbow", folder.read("conditions/elbow") + "\n[knee](/conditions/knee/)\n")
    bring(folder)
    folder.path("conditions/knee").unlink()
    with pytest.raises(ContentError, match="en/conditions/elbow"):
        bring(folder)
    assert knee().published is not None


def test_a_changed_glossary_is_shown_on_the_pages_that_use_its_words(folder: Folder) -> None:
    folder.put("conditions/knee", folder.read("conditions/knee") + "\n[sugar](#w-dextrose)\n")
    bring(folder)
    revisions = Revision.objects.count()
    folder.put("glossary", folder.read("glossary").replace("A kind of sugar.", "Sugar from maize."))
    report = bring(folder)
    assert report.changed == 2
    published = knee().published
    assert published is not None
    assert published.front["words"][0]["definition"] == "Sugar from maize."
    assert Revision.objects.count() == revisions + 1, "the words of the page itself did not change"


def test_a_changed_fact_of_the_clinic_renders_pages_again(folder: Folder, settings: Settings) -> None:
    from dataclasses import replace

    folder.put("conditions/knee", folder.read("conditions/knee") + "\nAsk {clinic}.\n")
    bring(folder)
    settings.CLINIC = replace(settings.CLINIC, name="Zzyx Clinic")
    report = bring(folder)
    assert report.changed == 1
    published = knee().published
    assert published is not None
    assert "Ask Zzyx Clinic." in published.html
    assert bring(folder) == Report()


def test_a_dry_run_says_everything_and_does_nothing(folder: Folder) -> None:
    report = bring(folder, dry_run=True)
    assert len(report.lines) == 5
    assert not Page.objects.exists()
    assert len(status(folder.root).lines) == 5


def test_the_command_prints_and_exits_with_one_on_a_conflict(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("content", "import")
    assert "5 page(s) changed" in capsys.readouterr().out
    change_on_site(folder.read("conditions/knee").replace("See", "Visit"))
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    with pytest.raises(SystemExit) as stopped:
        call_command("content", "import")
    assert stopped.value.code == 1
    with pytest.raises(SystemExit):
        call_command("content", "status")


def test_the_command_names_faults_by_file_and_line(folder: Folder) -> None:
    folder.put("conditions/knee", folder.read("conditions/knee").replace("area: knee", "area: kneecap"))
    with pytest.raises(CommandError, match=r"en/conditions/knee\.md:9: area must be one of"):
        call_command("content", "check")


def test_a_revision_never_changes(folder: Folder) -> None:
    bring(folder)
    revision = knee().published
    assert revision is not None
    revision.text = "Other words"
    with pytest.raises(TypeError):
        revision.save()
    with pytest.raises(TypeError):
        Revision.objects.filter(pk=revision.pk).update(text="Other words")
    with pytest.raises(TypeError):
        Revision.objects.all().delete()
