"""Site to files: what patients read is written down, whole, and over nothing that the site does not keep."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as some

from education.canonical import canonical
from education.exchange import import_folder
from education.export import export_folder
from education.models import Page, Revision
from education.revisions import publish, save_text
from tests.education.conftest import NOW, Folder, write
from tests.education.exchanging import (
    LATER,
    bring,
    change_on_site,
    contents,
    knee,
    page_at,
    withdraw_on_site,
    write_out,
)

pytestmark = pytest.mark.django_db


@given(some.text(alphabet="a\r\n\0\ufeff\u0301e \u212b", max_size=12))
def test_the_canonical_form_is_one_form(text: str) -> None:
    form = canonical(text)
    assert canonical(form) == form
    assert form.endswith("\n")
    assert not form.endswith("\n\n")
    assert canonical("\ufeff" + form.replace("\n", "\r\n") + "\n\n") == form
    assert not set("\0\r") & set(form)


def test_a_round_trip_changes_no_byte(folder: Folder) -> None:
    before = contents(folder)
    bring(folder)
    report = write_out(folder)
    assert (report.lines, report.written) == ([], 0)
    assert contents(folder) == before


def test_a_new_folder_is_filled_and_brings_the_same_site(folder: Folder, tmp_path: Path) -> None:
    bring(folder)
    copy = tmp_path / "copy"
    report = export_folder(copy, at=NOW)
    assert report.written == 5
    assert contents(Folder.at(copy)) == contents(folder)
    texts = set(Revision.objects.values_list("text", flat=True))
    assert import_folder(copy, at=NOW).changed == 0
    assert set(Revision.objects.values_list("text", flat=True)) == texts


def test_published_words_are_written_and_drafts_are_not(folder: Folder) -> None:
    bring(folder)
    mine = folder.read("conditions/knee").replace("See", "Visit")
    change_on_site(mine, published=True)
    change_on_site(mine.replace("Visit", "Think of"))
    report = write_out(folder)
    assert report.lines == ["en/conditions/knee.md: takes over the words of /conditions/knee/"]
    assert folder.read("conditions/knee") == mine
    assert "words on the site that are not published yet; they stay there" in write_out(folder).lines[0]
    assert bring(folder).changed == 0


def test_after_an_export_a_changed_file_is_no_conflict(folder: Folder) -> None:
    bring(folder)
    change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    write_out(folder)
    folder.put("conditions/knee", folder.read("conditions/knee").replace("Visit", "Look at"))
    report = bring(folder)
    assert (report.conflicts, report.changed) == ([], 1)


def test_a_page_made_on_the_site_becomes_a_file(folder: Folder) -> None:
    bring(folder)
    for path, order in (("shoulder", 7), ("shoulder/frozen", 1)):
        page = Page.objects.create(language="en", path=path)
        publish(save_text(page, write(path, order=order), author=None, note="", at=NOW), by=None, at=NOW)
    assert write_out(folder).written == 2
    assert folder.read("shoulder/index") == page_at("shoulder").words().text
    assert folder.read("shoulder/frozen") == page_at("shoulder/frozen").words().text
    assert bring(folder).lines == []


def test_words_typed_in_a_browser_become_a_file_that_is_the_same(folder: Folder) -> None:
    bring(folder)
    typed = folder.read("conditions/knee").replace("See", "Visit").rstrip("\n").replace("\n", "\r\n")
    change_on_site(typed, published=True)
    assert knee().words().text == canonical(typed)
    write_out(folder)
    assert folder.path("conditions/knee").read_bytes() == canonical(typed).encode()
    assert bring(folder).lines == []


def test_a_page_called_index_does_not_stand_for_its_folder(folder: Folder) -> None:
    bring(folder)
    page = Page.objects.create(language="en", path="index")
    publish(save_text(page, write("Index", order=7), author=None, note="", at=NOW), by=None, at=NOW)
    home = folder.read("index")
    assert write_out(folder).written == 1
    assert folder.read("index") == home
    assert bring(folder).lines == []


def test_files_that_somebody_changed_or_added_or_took_away_stay_as_they_are(folder: Folder) -> None:
    bring(folder)
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    folder.put("conditions/hip", write("Hip pain", order=8))
    folder.path("conditions/elbow").unlink()
    before = contents(folder)
    report = write_out(folder)
    assert (report.conflicts, report.written, len(report.lines)) == ([], 0, 3)
    assert contents(folder) == before


def test_the_file_of_a_withdrawn_page_is_taken_away_unless_somebody_changed_it(folder: Folder) -> None:
    bring(folder)
    staff = User.objects.create_user("zzyx-testperson")
    for path in ("conditions/elbow", "conditions/knee"):
        withdraw_on_site(path, staff)
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    report = write_out(folder)
    assert not folder.path("conditions/elbow").exists()
    assert folder.path("conditions/knee").exists()
    assert len(report.conflicts) == 1
    publish(page_at("conditions/elbow").revisions.get(), by=staff, at=LATER)
    assert bring(folder).changed == 0, "what staff put back is not taken away again"
    assert page_at("conditions/elbow").published is not None


@pytest.mark.parametrize("take", ["files", "site"])
def test_an_export_settles_a_conflict_as_a_person_says_and_keeps_both_texts(folder: Folder, take: str) -> None:
    bring(folder)
    see = folder.read("conditions/knee")
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    theirs = folder.put("conditions/knee", see.replace("See", "Look at"))
    assert len(write_out(folder).conflicts) == 1
    assert folder.read("conditions/knee") == theirs
    assert write_out(folder, take=take).conflicts == []
    assert knee().published == mine, "an export never changes what patients see"
    assert folder.read("conditions/knee") == (mine.text if take == "site" else theirs)
    assert set(knee().revisions.values_list("text", flat=True)) >= {mine.text, theirs}
    assert bring(folder).conflicts == []
    assert knee().words().text == (mine.text if take == "site" else theirs)


def test_words_that_were_set_aside_are_in_nobodys_way(folder: Folder) -> None:
    bring(folder)
    change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    folder.put("conditions/knee", folder.read("conditions/knee").replace("See", "Look at"))
    write_out(folder, take="site")
    folder.put("conditions/knee", folder.read("conditions/knee").replace("Visit", "Think of"))
    report = bring(folder)
    assert (report.conflicts, report.changed) == ([], 1)


def test_a_file_that_another_editor_saved_keeps_its_bytes(folder: Folder) -> None:
    bring(folder)
    path = folder.path("conditions/knee")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = contents(folder)
    assert write_out(folder).written == 0
    assert contents(folder) == before


def test_a_dry_run_of_an_export_says_everything_and_does_nothing(folder: Folder) -> None:
    bring(folder)
    change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    before = contents(folder)
    report = write_out(folder, dry_run=True)
    assert report.written == 1
    assert contents(folder) == before
    assert write_out(folder).lines == report.lines


def test_a_disk_that_fails_leaves_the_old_file_whole(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(folder)
    change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    before = contents(folder)

    def no_space(handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("education.export.os.fsync", no_space)
    with pytest.raises(OSError, match="no space"):
        write_out(folder)
    assert contents(folder) == before


def test_a_file_saved_while_it_was_to_be_written_stays(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(folder)
    change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    typed = folder.read("conditions/knee").replace("See", "Look at")
    save = partial(folder.put, "conditions/knee", typed, silently=True)
    monkeypatch.setattr("education.export._copy_sources", lambda _folder: save())
    assert "was changed while it was to be written" in write_out(folder).lines[-1]
    assert folder.read("conditions/knee") == typed
    assert len(write_out(folder).conflicts) == 1


def test_a_copy_does_not_turn_the_site_back_to_its_own_older_files(folder: Folder, tmp_path: Path) -> None:
    bring(folder)
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    export_folder(tmp_path / "copy", at=NOW)
    assert bring(folder).changed == 0, "the next start brings the site's own folder in again"
    assert knee().published == mine


def test_a_copy_remembers_what_was_exchanged_with_it(folder: Folder, tmp_path: Path) -> None:
    bring(folder)
    copy = Folder.at(Path(shutil.copytree(folder.root, tmp_path / "copy")))
    copy.put("conditions/knee", copy.read("conditions/knee").replace("See", "Look at"))
    for words in ("Visit", "Think of"):
        assert (import_folder(copy.root, at=NOW).conflicts) == []
        change_on_site(copy.read("conditions/knee").replace("Look at", words).replace("Visit", words), published=True)
        report = export_folder(copy.root, at=NOW)
        assert (report.conflicts, report.written) == ([], 1)
    assert bring(folder).changed == 0


def test_the_command_writes_the_files(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    bring(folder)
    change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    call_command("content", "export", "--dry-run")
    assert "nothing was changed. It would be: 1 file(s) written" in capsys.readouterr().out
    call_command("content", "export")
    assert "1 file(s) written" in capsys.readouterr().out
    folder.put("conditions/knee", folder.read("conditions/knee").replace("Visit", "Look at"))
    change_on_site(folder.read("conditions/knee").replace("Look at", "Ask about"), published=True)
    with pytest.raises(SystemExit) as stopped:
        call_command("content", "export")
    assert stopped.value.code == 1
    told = capsys.readouterr()
    assert "-Ask about [home](/)." in told.out
    assert "--take site" in told.err
    call_command("content", "export", "--take", "site")
    assert "Ask about" in folder.read("conditions/knee")
