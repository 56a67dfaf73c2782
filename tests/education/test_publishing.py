"""Words on their way to patients: who may move them, what stops them, and what is kept of every move."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from education import checks, navigation, publishing
from education.checks.finding import Rule
from education.exchange import import_folder
from education.models import Edition, Page, PageEvent, Revision, SignOff
from education.publishing import NotAllowed, NotYours
from education.revisions import save_text
from tests.education.conftest import NOW, Folder, write

pytestmark = pytest.mark.django_db
State = Revision.State
LATER = NOW + timedelta(days=2)
SAID = "  - {date: 2026-11-%02d, kind: %s, reason: We said it more plainly., act: no}\n"


@pytest.fixture(autouse=True)
def _pages(folder: Folder) -> None:
    folder.put("about", write("About us", order=7))
    import_folder(folder.root, at=NOW - timedelta(days=30))
    navigation.forget()


@pytest.fixture(autouse=True)
def warnings(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[checks.Finding]]:
    """Let the checks find nothing but what a test puts here."""
    found: list[checks.Finding] = []
    rules = [("zz-warning", "warning"), ("zz-error", "error")]
    for slug, level in rules:
        monkeypatch.setitem(checks.RULES, slug, Rule(slug, level, "Zz", "Because.", "Mend it.", "invented"))
    monkeypatch.setattr(checks, "check", lambda *_, **__: [replace(each) for each in found])
    return found


@pytest.fixture
def about() -> Page:
    return Page.objects.get(path="about")


def person(role: str, name: str = "") -> User:
    user = User.objects.create_user(f"{name or role.lower().replace(' ', '-')}-testperson", is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    return user


def draft(
    page: Page, words: str = "New words.", *, by: User | None = None, changes: str = SAID % (20, "wording")
) -> Revision:
    text = write("About us", f"## One\n\n{words}\n", order=7, more=f"changes:\n{changes}" if changes else "")
    return save_text(page, text, author=by, note="Clearer", at=NOW)


def signed(revision: Revision, *, by: User, at: datetime = NOW) -> None:
    SignOff.objects.create(
        page=revision.page, revision=revision, digest=revision.digest, written_by=revision.author, signer=by,
        name="Z. Testperson", role="Invented", registration="None 0", interests="none", signed_at=at,
        next_review=date(2027, 11, 1),
    )  # fmt: skip


def state(revision: Revision) -> str:
    return Revision.objects.get(pk=revision.pk).state


def events(page: Page) -> QuerySet[PageEvent]:
    """Return what happened since the page came from its file."""
    return page.events.filter(at__gte=NOW)


def kinds(page: Page) -> list[str]:
    return list(events(page).order_by("pk").values_list("kind", flat=True))


def patients_see(page: Page) -> Revision | None:
    return Page.objects.get(pk=page.pk).published


def test_words_go_from_draft_through_review_to_patients_and_every_move_is_kept(about: Page) -> None:
    author, manager, before = person("Author"), person("Manager"), about.words()
    new, edition = draft(about, by=author), Edition.now()
    publishing.submit(new, by=author, at=NOW)
    assert state(new) == State.REVIEW
    assert Edition.now() == edition
    publishing.publish_words(new, by=manager, at=NOW, reasons={})
    assert (state(new), state(before)) == (State.PUBLISHED, State.SUPERSEDED)
    assert patients_see(about) == new
    assert Edition.now() > edition
    told = [(event.kind, event.by, event.revision) for event in events(about).order_by("pk")]
    assert told == [("submitted", author, new), ("published", manager, new)]


@pytest.mark.parametrize(
    ("role", "is_signed", "may"),
    [
        ("Front desk", True, False),
        ("Author", False, False),
        ("Author", True, True),
        ("Clinician", False, True),
        ("Manager", False, True),
    ],
)
def test_who_may_publish(about: Page, role: str, is_signed: bool, may: bool) -> None:
    new = draft(about, by=person("Author", "writer"))
    if is_signed:
        signed(new, by=person("Clinician", "signer"))
    user = person(role)
    if may:
        publishing.publish_words(new, by=user, at=NOW, reasons={})
    else:
        for move, more in ((publishing.publish_words, {}), (publishing.schedule, {"when": LATER})):
            with pytest.raises(NotYours):
                move(new, by=user, at=NOW, reasons={"every": "reason"}, **more)
    assert (patients_see(about) == new) == may


def test_a_signature_is_for_those_words_only(about: Page) -> None:
    author, clinician = person("Author"), person("Clinician")
    signed(draft(about, "Signed words.", by=author), by=clinician)
    other = draft(about, "Signed words, and more.", by=author)
    with pytest.raises(NotYours, match="not signed"):
        publishing.publish_words(other, by=author, at=NOW, reasons={})


def test_words_that_are_not_the_newest_are_not_published(about: Page) -> None:
    seen, manager = draft(about), person("Manager")
    draft(about, "Newer words.")
    with pytest.raises(NotAllowed, match="newer words"):
        publishing.publish_words(seen, by=manager, at=NOW, reasons={})
    assert patients_see(about) == about.published


def test_of_two_people_who_publish_the_second_learns_who_was_faster(about: Page) -> None:
    new, first, second = draft(about), person("Manager", "quick"), person("Manager", "slow")
    same = Revision.objects.get(pk=new.pk)
    publishing.publish_words(new, by=first, at=NOW, reasons={})
    with pytest.raises(NotAllowed, match="Published by quick-testperson on 22 November 2026"):
        publishing.publish_words(same, by=second, at=NOW, reasons={})
    assert kinds(about) == ["published"]


def test_errors_stop_words_from_being_sent_and_published(about: Page, warnings: list[checks.Finding]) -> None:
    new, manager = draft(about), person("Manager")
    warnings.append(checks.Finding(9, "zz-error", "It cures."))
    for move, more in ((publishing.submit, {}), (publishing.publish_words, {"reasons": {}})):
        with pytest.raises(NotAllowed, match=r"Line 9: “It cures\.”\. Because\. Mend it\."):
            move(new, by=manager, at=NOW, **more)
    assert state(new) == State.DRAFT
    assert kinds(about) == []


def test_each_open_warning_needs_a_reason_which_is_kept(about: Page, warnings: list[checks.Finding]) -> None:
    new, manager = draft(about), person("Manager")
    warnings += [checks.Finding(9, "zz-warning", "Hard words."), checks.Finding(11, "zz-warning", "Long words.")]
    hard, long = (finding.fingerprint for finding in warnings)
    publishing.submit(new, by=manager, at=NOW)
    with pytest.raises(NotAllowed, match=r"Give a reason for: “Long words.”"):
        publishing.publish_words(new, by=manager, at=NOW, reasons={hard: "It is a name.", long: "  "})
    publishing.publish_words(new, by=manager, at=NOW, reasons={hard: "It is a name.", long: "A law says so.", "x": "y"})
    reasons = events(about).get(kind="published").reasons
    assert {key: kept["reason"] for key, kept in reasons.items()} == {hard: "It is a name.", long: "A law says so."}


def test_a_changed_text_says_what_changed_for_readers(about: Page) -> None:
    new, manager = draft(about, changes=""), person("Manager")
    for move, more in ((publishing.submit, {}), (publishing.publish_words, {"reasons": {}})):
        with pytest.raises(NotAllowed, match="Say what changed for readers"):
            move(new, by=manager, at=NOW, **more)
    publishing.submit(draft(about), by=manager, at=NOW)


def test_a_page_that_nobody_has_seen_need_not_say_what_changed() -> None:
    page, manager = Page.objects.create(language="en", path="new"), person("Manager")
    publishing.submit(draft(page, changes=""), by=manager, at=NOW)


def test_corrections_stay_for_ever(about: Page) -> None:
    manager, wrong = person("Manager"), SAID % (20, "correction")
    publishing.publish_words(draft(about, changes=wrong), by=manager, at=NOW, reasons={})
    dropped = draft(about, "Newer.", changes=SAID % (21, "wording"))
    with pytest.raises(NotAllowed, match="Corrections stay for ever"):
        publishing.submit(dropped, by=manager, at=NOW)
    publishing.submit(draft(about, "Newer.", changes=wrong + SAID % (21, "wording")), by=manager, at=NOW)


def test_an_author_gets_words_back_with_a_note(about: Page) -> None:
    author, clinician = person("Author"), person("Clinician")
    new = draft(about, by=author)
    publishing.submit(new, by=author, at=NOW)
    with pytest.raises(NotAllowed, match="Write what should change"):
        publishing.send_back(new, by=clinician, at=NOW, note=" ")
    publishing.send_back(new, by=clinician, at=NOW, note="Say how long it takes.")
    assert state(new) == State.DRAFT
    assert events(about).get(kind="returned").note == "Say how long it takes."
    with pytest.raises(NotAllowed):
        publishing.send_back(new, by=clinician, at=NOW, note="Again")


def test_a_plan_is_kept_by_the_worker_when_its_time_has_come(about: Page) -> None:
    manager, new = person("Manager"), draft(about)
    publishing.schedule(new, when=LATER, by=manager, at=NOW, reasons={})
    assert publishing.publish_due(at=LATER - timedelta(minutes=1)) == ""
    assert patients_see(about) != new
    assert "1 published" in publishing.publish_due(at=LATER)
    assert patients_see(about) == new
    assert Page.objects.get(pk=about.pk).published_by == manager
    assert kinds(about) == ["scheduled", "published"]
    assert publishing.publish_due(at=LATER) == ""


def test_the_worker_command_publishes_what_is_due(about: Page) -> None:
    new = draft(about)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    publishing.schedule(new, when=long_ago + timedelta(days=1), by=person("Manager"), at=long_ago, reasons={})
    Page.objects.filter(pk=about.pk).update(published_at=long_ago)
    call_command("worker", once=True)
    assert patients_see(about) == new


def test_a_round_with_nothing_due_asks_once_by_an_index(about: Page) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        publishing.publish_due(at=NOW)
    assert len(asked) == 1
    plan = Revision.objects.due(NOW).values_list("pk").explain()
    assert connection.vendor != "sqlite" or "revision_due" in plan


def test_only_a_time_to_come_can_be_planned(about: Page) -> None:
    with pytest.raises(NotAllowed, match="still to come"):
        publishing.schedule(draft(about), when=NOW, by=person("Manager"), at=NOW, reasons={})


def test_a_newer_draft_leaves_a_plan_alone(about: Page) -> None:
    new = draft(about)
    publishing.schedule(new, when=LATER, by=person("Manager"), at=NOW, reasons={})
    draft(about, "Newer, and nobody looked at it.")
    publishing.publish_due(at=LATER)
    assert patients_see(about) == new


def test_a_plan_that_is_no_longer_right_is_called_off_and_says_why(about: Page, warnings: list[checks.Finding]) -> None:
    new = draft(about)
    publishing.schedule(new, when=LATER, by=person("Manager"), at=NOW, reasons={})
    warnings.append(checks.Finding(9, "zz-error", "Out of date."))
    assert "1 called off" in publishing.publish_due(at=LATER)
    assert patients_see(about) == about.published
    assert state(new) == State.REVIEW
    assert "Out of date." in events(about).get(kind="unscheduled").note
    assert publishing.publish_due(at=LATER) == ""


def test_the_plan_of_an_author_who_may_no_longer_publish_is_called_off(about: Page) -> None:
    author = person("Author")
    new = draft(about, by=author)
    signed(new, by=person("Clinician"))
    publishing.schedule(new, when=LATER, by=author, at=NOW, reasons={})
    author.groups.clear()
    publishing.publish_due(at=LATER)
    assert patients_see(about) == about.published
    assert kinds(about) == ["scheduled", "unscheduled"]


def test_one_page_that_breaks_does_not_stop_the_others(about: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    manager, other = person("Manager"), Page.objects.create(language="en", path="other")
    broken, whole = draft(about), draft(other, changes="")
    for new in (broken, whole):
        publishing.schedule(new, when=LATER, by=manager, at=NOW, reasons={})
    go_live = publishing.go_live

    def breaks(page: Page, *args: Any, **more: Any) -> None:
        if page.path == "about":
            raise RuntimeError
        go_live(page, *args, **more)

    monkeypatch.setattr(publishing, "go_live", breaks)
    assert publishing.publish_due(at=LATER) == "planned pages: 1 published, 1 called off"
    assert patients_see(other) == whole
    assert state(broken) == State.REVIEW


def test_reasons_given_with_a_plan_hold_when_it_is_due(about: Page, warnings: list[checks.Finding]) -> None:
    warnings.append(checks.Finding(9, "zz-warning", "Hard words."))
    new, key = draft(about), warnings[0].fingerprint
    with pytest.raises(NotAllowed, match="Hard words"):
        publishing.schedule(new, when=LATER, by=person("Manager", "hasty"), at=NOW, reasons={})
    publishing.schedule(new, when=LATER, by=person("Manager"), at=NOW, reasons={key: "A name."})
    publishing.publish_due(at=LATER)
    assert patients_see(about) == new
    assert events(about).get(kind="published").reasons[key]["reason"] == "A name."


def test_publishing_other_words_calls_a_plan_off(about: Page) -> None:
    manager, planned = person("Manager"), draft(about)
    publishing.schedule(planned, when=LATER, by=manager, at=NOW, reasons={})
    other = draft(about, "Other words.")
    publishing.publish_words(other, by=manager, at=NOW + timedelta(hours=1), reasons={})
    assert state(planned) == State.REVIEW
    publishing.publish_due(at=LATER)
    assert patients_see(about) == other
    assert kinds(about) == ["scheduled", "published", "unscheduled"]


def test_a_plan_does_not_undo_what_came_from_a_file_meanwhile(about: Page, folder: Folder) -> None:
    planned = draft(about)
    publishing.schedule(planned, when=LATER, by=person("Manager"), at=NOW, reasons={})
    newer = draft(about, "From elsewhere.")
    from education.revisions import publish

    publish(newer, by=None, at=NOW + timedelta(hours=1))
    publishing.publish_due(at=LATER)
    assert patients_see(about) == newer
    assert "published meanwhile" in events(about).get(kind="unscheduled").note


def test_a_plan_can_be_called_off(about: Page) -> None:
    new, manager = draft(about), person("Manager")
    publishing.schedule(new, when=LATER, by=manager, at=NOW, reasons={})
    publishing.unschedule(new, by=manager, at=NOW)
    publishing.publish_due(at=LATER)
    assert patients_see(about) == about.published
    with pytest.raises(NotAllowed, match="Not to be published after all by manager"):
        publishing.unschedule(Revision.objects.get(pk=new.pk), by=manager, at=NOW)


def test_a_page_is_withdrawn_with_a_dated_public_reason_and_can_come_back(about: Page) -> None:
    manager, edition, words = person("Manager"), Edition.now(), about.words()
    publishing.withdraw(words, by=manager, at=NOW, reason="  The trial was\nretracted. ")
    gone = Page.objects.get(pk=about.pk)
    assert (gone.published, gone.withdrawn_at, gone.withdrawn_because) == (None, NOW, "The trial was retracted.")
    assert Edition.now() > edition
    publishing.publish_words(Revision.objects.get(pk=words.pk), by=manager, at=LATER, reasons={})
    back = Page.objects.get(pk=about.pk)
    assert (back.published, back.withdrawn_at, back.withdrawn_because) == (words, None, "")
    assert kinds(about) == ["withdrawn", "published"]


def test_an_author_puts_a_withdrawn_page_back_only_once_it_is_signed_afresh(about: Page) -> None:
    words, author, clinician = about.words(), person("Author"), person("Clinician")
    signed(words, by=clinician)
    publishing.withdraw(words, by=person("Manager"), at=NOW, reason="It may do harm.")
    gone = Revision.objects.get(pk=words.pk)
    with pytest.raises(NotYours, match="not since the page was withdrawn"):
        publishing.publish_words(gone, by=author, at=LATER, reasons={})
    signed(words, by=clinician, at=NOW + timedelta(hours=1))
    publishing.publish_words(gone, by=author, at=LATER, reasons={})
    assert patients_see(about) == words


def test_a_withdrawal_calls_off_what_was_planned(about: Page) -> None:
    manager, planned = person("Manager"), draft(about)
    publishing.schedule(planned, when=LATER, by=manager, at=NOW, reasons={})
    publishing.withdraw(about.words(), by=manager, at=NOW, reason="Old.")
    publishing.publish_due(at=LATER)
    assert patients_see(about) is None
    assert state(planned) == State.REVIEW


def test_a_page_that_comes_back_with_other_words_says_what_changed(about: Page) -> None:
    manager = person("Manager")
    publishing.withdraw(about.words(), by=manager, at=NOW, reason="Old.")
    with pytest.raises(NotAllowed, match="Say what changed for readers"):
        publishing.publish_words(draft(about, changes=""), by=manager, at=NOW, reasons={})


def test_what_patients_see_already_is_not_published_again(about: Page) -> None:
    manager = person("Manager")
    draft(about)
    again = publishing.restore(about.words(), by=manager, at=NOW)
    with pytest.raises(NotAllowed, match="these very words already"):
        publishing.publish_words(again, by=manager, at=NOW, reasons={})


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_a_withdrawal_needs_a_short_reason(about: Page, reason: str) -> None:
    with pytest.raises(NotAllowed, match="at most 300"):
        publishing.withdraw(about.words(), by=person("Manager"), at=NOW, reason=reason)


def test_an_author_does_not_withdraw_and_nobody_a_page_with_others_below(about: Page) -> None:
    with pytest.raises(NotYours):
        publishing.withdraw(about.words(), by=person("Author"), at=NOW, reason="No.")
    hub = Page.objects.get(path="conditions")
    with pytest.raises(NotAllowed, match="Pages below this one"):
        publishing.withdraw(hub.words(), by=person("Manager"), at=NOW, reason="No.")


def test_an_old_text_comes_back_as_the_newest_draft_and_patients_see_nothing_of_it(about: Page) -> None:
    author, old = person("Author"), about.words()
    draft(about)
    new = publishing.restore(old, by=author, at=NOW)
    assert (new.text, new.author, new.state) == (old.text, author, State.DRAFT)
    assert new.note.startswith("Restored from 23 October 2026")
    assert patients_see(about) == old
    with pytest.raises(NotAllowed, match="these very words"):
        publishing.restore(old, by=author, at=NOW)
    with pytest.raises(NotYours):
        publishing.restore(draft(about, "More."), by=person("Clinician"), at=NOW)


def test_even_a_text_that_is_wrong_today_can_be_brought_back_but_not_published(about: Page) -> None:
    author, manager = person("Author"), person("Manager")
    other = Page.objects.get(path="conditions/elbow")
    linked = draft(about, "[Elbow](/conditions/elbow/)", changes=SAID % (19, "wording"))
    draft(about)
    publishing.withdraw(other.words(), by=manager, at=NOW, reason="Old.")
    again = publishing.restore(linked, by=author, at=NOW)
    with pytest.raises(NotAllowed, match="leads to no page"):
        publishing.publish_words(again, by=manager, at=NOW, reasons={})


def test_history_is_only_added_to(about: Page) -> None:
    publishing.submit(draft(about), by=person("Author"), at=NOW)
    event = events(about).get()
    for spoil in (event.save, PageEvent.objects.all().delete, lambda: PageEvent.objects.update(note="")):
        with pytest.raises(TypeError):
            spoil()
