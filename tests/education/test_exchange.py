"""Files and site: what comes over, what stays, and that nobody's words are overwritten."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from education.exchange import Report, check_folder, import_folder, status
from education.faults import ContentError
from education.models import Edition, Page, PageEvent, Revision
from education.revisions import save_text
from tests.education.conftest import NOW, Folder, noted, write
from tests.education.exchanging import bring, change_on_site, knee, withdraw_on_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinician() -> User:
    return User.objects.create_user("zzyx-testperson")


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
    assert len(queries) <= 3  # pages, their newest words, pictures
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
    words = folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Visit"))
    change_on_site(words)
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


def test_a_page_whose_file_is_gone_tells_patients_since_when_and_its_history_by_what(folder: Folder) -> None:
    bring(folder)
    folder.path("conditions/elbow").unlink()
    bring(folder)
    page = Page.objects.get(path="conditions/elbow")
    assert (page.withdrawn_at, page.withdrawn_because) == (NOW, "This page was taken away.")
    assert [event.kind for event in page.events.order_by("pk")] == ["published", "withdrawn"]
    assert page.events.last() is not None


def test_a_page_that_came_off_with_its_file_and_was_restored_by_staff_stays(folder: Folder) -> None:
    bring(folder)
    text = folder.read("conditions/elbow")
    folder.path("conditions/elbow").unlink()
    bring(folder)
    change_on_site(text + "\nAgain.\n", published=True, path="conditions/elbow")
    report = bring(folder)
    assert (report.conflicts, report.changed) == ([], 0)
    assert Page.objects.get(path="conditions/elbow").published is not None


def test_a_file_that_comes_back_with_other_words_is_no_conflict(folder: Folder) -> None:
    bring(folder)
    text = folder.read("conditions/elbow")
    folder.path("conditions/elbow").unlink()
    bring(folder)
    folder.put("conditions/elbow", noted(text.replace("Words.", "Other words.")))
    report = bring(folder)
    assert (report.conflicts, report.changed) == ([], 1)
    page = Page.objects.get(path="conditions/elbow")
    assert (page.withdrawn_at, page.words().text) == (None, folder.read("conditions/elbow"))


def test_a_page_changed_on_the_site_outlives_its_file_as_a_conflict(folder: Folder) -> None:
    bring(folder)
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    folder.path("conditions/knee").unlink()
    report = bring(folder)
    assert report.changed == 0
    assert "its file is gone, but it was changed on the site" in report.conflicts[0]
    assert knee().published == mine
    assert bring(folder, take="site").conflicts == []
    assert bring(folder) == Report(lines=["/conditions/knee/: is on the site only and stays as it is"])
    assert knee().published == mine


def test_a_page_changed_on_the_site_goes_with_its_file_when_a_person_says_so(folder: Folder) -> None:
    bring(folder)
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    folder.path("conditions/knee").unlink()
    assert bring(folder, take="files").changed == 1
    assert knee().published is None
    assert knee().newest() == mine


def test_in_a_conflict_a_person_takes_the_files_and_the_words_of_the_site_stay_in_the_history(folder: Folder) -> None:
    bring(folder)
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    theirs = folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    report = bring(folder, take="files")
    assert (report.conflicts, report.changed) == ([], 1)
    page = knee()
    assert page.published is not None
    assert page.published.text == theirs
    assert page.revisions.get(pk=mine.pk).state == Revision.State.SUPERSEDED
    assert bring(folder) == Report()


@pytest.mark.parametrize("published", [True, False])
def test_in_a_conflict_a_person_takes_the_site_and_the_words_of_the_file_are_set_aside(
    folder: Folder, published: bool
) -> None:
    bring(folder)
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=published)
    theirs = folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    report = bring(folder, take="site")
    assert (report.conflicts, report.changed) == ([], 0)
    assert knee().newest() == mine
    assert knee().revisions.get(text=theirs).state == Revision.State.ASIDE
    assert folder.read("conditions/knee") == theirs, "an import never writes files"
    assert bring(folder).conflicts == []


def test_words_planned_for_later_do_not_cover_the_files_that_a_person_took(folder: Folder) -> None:
    bring(folder)
    planned = change_on_site(folder.read("conditions/knee").replace("See", "Visit"))
    Revision.objects.filter(pk=planned.pk).update(state="scheduled", publish_at=NOW)
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    bring(folder, take="files")
    assert not Revision.objects.filter(state="scheduled").exists()
    assert PageEvent.objects.filter(revision=planned, kind="unscheduled").exists()


def test_a_page_that_staff_withdrew_does_not_come_back_by_itself(folder: Folder, clinician: User) -> None:
    bring(folder)
    withdraw_on_site("conditions/elbow", clinician)
    assert "was withdrawn on the site and stays so" in bring(folder).lines[0]
    folder.put("conditions/elbow", folder.read("conditions/elbow").replace("Words.", "More."))
    assert len(bring(folder).conflicts) == 1
    assert Page.objects.get(path="conditions/elbow").published is None
    assert bring(folder, take="files").changed == 1
    page = Page.objects.get(path="conditions/elbow")
    assert page.published is not None
    assert page.withdrawn_at is None


def test_a_link_to_a_page_that_staff_withdrew_is_told_and_stops_nothing(folder: Folder, clinician: User) -> None:
    folder.put("conditions/elbow", folder.read("conditions/elbow") + "\n[knee](/conditions/knee/)\n", silently=True)
    bring(folder)
    withdraw_on_site("conditions/knee", clinician)
    folder.put("conditions/index", folder.read("conditions/index").replace("Words.", "More."))
    report = bring(folder)
    assert report.changed == 1
    assert any(
        "en/conditions/elbow.md:13: the link '/conditions/knee/' leads to no page" in line for line in report.lines
    )


def test_a_link_into_words_that_the_site_keeps_is_told_and_stops_nothing(folder: Folder) -> None:
    bring(folder)
    change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    folder.put("conditions/knee", folder.read("conditions/knee") + "\n## New\n\nWords.\n")
    folder.put("conditions/elbow", folder.read("conditions/elbow") + "\n[knee](/conditions/knee/#new)\n")
    report = bring(folder)
    assert (len(report.conflicts), report.changed) == (1, 1)
    assert "has no place called #new" in report.lines[-1]


def test_a_conflict_is_told_with_both_texts(folder: Folder) -> None:
    bring(folder)
    change_on_site(folder.read("conditions/knee").replace("See", "Visit"))
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    (diff,) = status(folder.root).diffs
    assert "-Visit [home](/)." in diff.splitlines()
    assert "+Look at [home](/)." in diff.splitlines()


def test_a_file_saved_by_another_editor_is_the_same_page(folder: Folder) -> None:
    bring(folder)
    path = folder.path("conditions/knee")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert bring(folder) == Report()


def test_every_publication_by_a_file_stands_in_the_history(folder: Folder) -> None:
    bring(folder)
    event = knee().events.get()
    assert (event.kind, event.by, event.revision) == ("published", None, knee().published)
    assert "en/conditions/knee.md" in event.note


def test_a_folder_without_pages_takes_nothing_away(folder: Folder, tmp_path: Path) -> None:
    bring(folder)
    with pytest.raises(ContentError, match="no pages"):
        import_folder(tmp_path / "nowhere", at=NOW)
    assert Page.objects.published().count() == 5


def test_one_fault_in_one_file_leaves_the_whole_site_as_it_was(folder: Folder) -> None:
    bring(folder)
    edition = Edition.now()
    folder.put("conditions/elbow", folder.read("conditions/elbow").replace("Words.", "New."))
    folder.put("conditions/knee", folder.read("conditions/knee").replace("[home](/)", "[away](/nowhere/)"))
    with pytest.raises(ContentError, match=r"en/conditions/knee\.md:32: the link '/nowhere/' leads to no page"):
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
    folder.put("conditions/elbow", folder.read("conditions/elbow") + "\n[knee](/conditions/knee/)\n", silently=True)
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
