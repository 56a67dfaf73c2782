"""Renamed files: the page moves with its history, and old addresses go on working."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from education.exchange import status
from education.faults import ContentError
from education.models import Moved, Page
from education.revisions import publish, save_text
from tests.education.conftest import Folder, noted, translation_of, write
from tests.education.exchanging import (
    LATER,
    bring,
    change_on_site,
    knee,
    page_at,
    withdraw_on_site,
    write_out,
)

pytestmark = pytest.mark.django_db


def rename(folder: Folder, old: str, new: str, *, was: str = "") -> str:
    """Give a file a new name, and with `was` a word on its old path."""
    text = folder.read(old)
    if was:
        text = noted(text.replace("\n---\n", f"\nwas:\n  - {was}\n---\n", 1))
    folder.path(old).unlink()
    folder.put(new, text)
    return text


@pytest.mark.parametrize("was", ["", "conditions/knee", "/conditions/knee/"])
def test_a_renamed_file_moves_its_page_and_the_old_address_leads_to_the_new(
    folder: Folder, client: Client, was: str
) -> None:
    bring(folder)
    page = knee()
    rename(folder, "conditions/knee", "conditions/knees", was=was)
    report = bring(folder)
    assert "en/conditions/knees.md: /conditions/knee/ moves to /conditions/knees/" in report.lines[0]
    assert page_at("conditions/knees") == page
    assert page.events.filter(kind="moved", note="From /conditions/knee/ to /conditions/knees/.").exists()
    answer = client.get("/conditions/knee/")
    assert (answer.status_code, answer["Location"]) == (301, "/conditions/knees/")
    assert client.get("/conditions/knees/").status_code == 200
    assert bring(folder).lines == []


def test_a_dry_run_and_the_status_tell_of_a_rename(folder: Folder) -> None:
    bring(folder)
    rename(folder, "conditions/knee", "conditions/knees", was="conditions/knee")
    told = bring(folder, dry_run=True).lines
    assert told == status(folder.root).lines
    assert "moves to /conditions/knees/" in told[0]
    assert knee().published is not None
    assert not Moved.objects.exists()


def test_two_renames_one_after_the_other_lead_straight_to_the_last(folder: Folder, client: Client) -> None:
    bring(folder)
    for old, new in (("knee", "knees"), ("knees", "sore-knees")):
        rename(folder, f"conditions/{old}", f"conditions/{new}")
        bring(folder)
    for old in ("knee", "knees"):
        assert client.get(f"/conditions/{old}/")["Location"] == "/conditions/sore-knees/"


def test_a_file_that_gets_its_old_name_back_is_at_its_old_address(folder: Folder, client: Client) -> None:
    bring(folder)
    rename(folder, "conditions/knee", "conditions/knees")
    bring(folder)
    rename(folder, "conditions/knees", "conditions/knee")
    bring(folder)
    assert client.get("/conditions/knee/").status_code == 200
    assert client.get("/conditions/knees/")["Location"] == "/conditions/knee/"


def test_a_new_page_at_an_old_address_wins(folder: Folder, client: Client) -> None:
    bring(folder)
    rename(folder, "conditions/knee", "conditions/knees")
    bring(folder)
    folder.put("conditions/knee", write("Another page", order=8))
    bring(folder)
    assert "Another page" in client.get("/conditions/knee/").content.decode()
    assert not Moved.objects.exists()


def test_a_folder_is_renamed_with_all_its_pages(folder: Folder, client: Client) -> None:
    bring(folder)
    folder.put("conditions/elbow", folder.read("conditions/elbow") + "\n[Knee](/conditions/knee/)\n")
    bring(folder)
    (folder.root / "en/conditions").rename(folder.root / "en/problems")
    folder.put("problems/elbow", folder.read("problems/elbow").replace("/conditions/knee/", "/problems/knee/"))
    folder.put("problems/elbow", folder.read("problems/elbow").replace("order: 2", "order: 2\nwas: [conditions/elbow]"))
    bring(folder)
    assert Page.objects.count() == 5
    for old in ("", "knee/", "elbow/"):
        assert client.get(f"/conditions/{old}")["Location"] == f"/problems/{old}"


def test_an_old_path_that_is_still_a_page_is_a_fault(folder: Folder) -> None:
    bring(folder)
    text = folder.read("conditions/elbow")
    folder.put("conditions/elbow", text.replace("order: 2", "order: 2\nwas: [conditions/knee]"))
    with pytest.raises(ContentError, match=r"en/conditions/elbow\.md:4: was: /conditions/knee/ is still a page"):
        bring(folder)
    folder.put("conditions/elbow", text.replace("order: 2", "order: 2\nwas: [old-elbow]"))
    folder.put("conditions/hip", write("Hip", order=9, more="was: [old-elbow]\n"))
    with pytest.raises(ContentError, match="names /old-elbow/ as its own old path, too"):
        bring(folder)


def test_an_old_path_that_the_site_never_knew_leads_to_the_page_too(folder: Folder, client: Client) -> None:
    folder.put("conditions/elbow", folder.read("conditions/elbow").replace("order: 2", "order: 2\nwas: [old/elbow]"))
    assert "the old address /old/elbow/ leads to /conditions/elbow/" in bring(folder).lines[-1]
    assert client.get("/old/elbow/")["Location"] == "/conditions/elbow/"


def test_two_pages_that_became_one_both_lead_to_it(folder: Folder, client: Client) -> None:
    bring(folder)
    folder.path("conditions/elbow").unlink()
    folder.put(
        "conditions/knee", folder.read("conditions/knee").replace("order: 1", "order: 1\nwas: [conditions/elbow]")
    )
    bring(folder)
    assert client.get("/conditions/elbow/")["Location"] == "/conditions/knee/"


def test_a_renamed_file_keeps_words_changed_on_the_site(folder: Folder) -> None:
    bring(folder)
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    rename(folder, "conditions/knee", "conditions/knees")
    report = bring(folder)
    assert report.conflicts == []
    assert page_at("conditions/knees").published == mine
    write_out(folder)
    assert folder.read("conditions/knees") == mine.text


def test_a_file_renamed_and_changed_while_the_site_changed_is_a_conflict_at_its_new_place(folder: Folder) -> None:
    bring(folder)
    mine = change_on_site(folder.read("conditions/knee").replace("See", "Visit"), published=True)
    theirs = rename(folder, "conditions/knee", "conditions/knees", was="conditions/knee")
    report = bring(folder)
    assert len(report.conflicts) == 1
    assert page_at("conditions/knees").published == mine
    bring(folder, take="files")
    assert page_at("conditions/knees").words().text == theirs


def test_a_withdrawn_page_stays_withdrawn_when_its_file_is_renamed(folder: Folder, client: Client) -> None:
    bring(folder)
    withdraw_on_site("conditions/knee", User.objects.create_user("zzyx-testperson"))
    rename(folder, "conditions/knee", "conditions/knees")
    bring(folder)
    assert client.get("/conditions/knees/").status_code == 410
    assert client.get("/conditions/knee/").status_code == 410


def test_the_same_words_in_another_language_are_another_page(folder: Folder) -> None:
    bring(folder)
    text = folder.read("conditions/elbow")
    folder.path("conditions/elbow").unlink()
    for name in ("index", "conditions/index"):
        folder.put(f"../es/{name}", translation_of(folder.read(name)))
    folder.put("../es/conditions/elbow", translation_of(text))
    bring(folder)
    assert Page.objects.get(language="es", path="conditions/elbow").revisions.count() == 1
    assert page_at("conditions/elbow").withdrawn_at is not None


def test_the_address_of_a_withdrawn_page_says_when_and_why_and_where_to_go(folder: Folder, client: Client) -> None:
    bring(folder)
    withdraw_on_site("conditions/knee", User.objects.create_user("zzyx-testperson"))
    answer = client.get("/conditions/knee/")
    words = answer.content.decode()
    assert answer.status_code == 410
    assert "off the site on 22 November 2026." in words
    assert "We found a mistake." in words
    assert 'href="/conditions/">Conditions</a>' in words
    assert "/urgent-help/" in words
    page = knee()
    publish(
        save_text(page, page.revisions.get().text + "\nMended.\n", author=None, note="", at=LATER), by=None, at=LATER
    )
    assert client.get("/conditions/knee/").status_code == 200


def test_an_address_that_never_was_a_page_is_not_found(folder: Folder, client: Client) -> None:
    bring(folder)
    assert client.get("/conditions/nowhere/").status_code == 404
    Page.objects.create(language="en", path="only-a-draft")
    assert client.get("/only-a-draft/").status_code == 404
