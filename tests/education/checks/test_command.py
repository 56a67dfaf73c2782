"""`content check` tells an author every finding by file and line, and the shell whether all is well."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from tests.education.conftest import Folder, write

Check = Callable[..., str]
REVIEW = "review: 2027-06-01\n"
ANSWER = "answers:\n  - rule: plain-word\n    words: It takes approximately an hour.\n    reason: The letter says so.\n"


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Return a function that runs the command and returns what it printed."""

    def run(*options: str) -> str:
        call_command("content", "check", *options)
        return capsys.readouterr().out

    return run


@pytest.fixture
def tidy(folder: Folder, time_machine: object) -> Folder:
    """Return a folder in which the checks find nothing."""
    time_machine.move_to("2026-12-01")  # type: ignore[attr-defined]
    (folder.root / "sources.json").write_text("[]")
    folder.path("conditions/knee").unlink()
    for name, kind in {"index": "hub", "glossary": "glossary", "conditions/index": "hub"}.items():
        text = folder.read(name).replace("One plain message.", f"One plain message about {name}.")
        folder.put(name, text.replace(f"kind: {kind}\n", f"kind: {kind}\n{REVIEW}"))
    put(folder, "Words for you.")
    return folder


def put(folder: Folder, words: str, more: str = "") -> None:
    folder.put("conditions/elbow", write("Elbow pain", f"## One\n\n{words}\n", order=2, more=REVIEW + more))


def test_a_tidy_folder_passes(tidy: Folder, check: Check) -> None:
    assert check() == "No faults, no errors, no open warnings.\n"


def test_an_error_is_told_by_file_and_line_with_its_why_and_how(
    tidy: Folder, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tidy, "Read it [here](/).")
    with pytest.raises(CommandError, match=r"1 error\(s\) and 0 warning\(s\)"):
        check("--allow-warnings")
    line = tidy.read("conditions/elbow").split("\n").index("Read it [here](/).") + 1
    told = capsys.readouterr().out
    assert f"en/conditions/elbow.md:{line}: error link-words: “here” – People who use a screen reader" in told
    assert "Let the words of the link name the page that it leads to." in told


def test_an_open_warning_fails_unless_it_is_allowed(tidy: Folder, check: Check) -> None:
    put(tidy, "It takes approximately an hour.")
    with pytest.raises(CommandError, match=r"0 error\(s\) and 1 warning\(s\)"):
        check()
    assert "warning plain-word: “It takes approximately an hour.”" in check("--allow-warnings")


def test_an_answered_warning_passes_and_is_told_with_its_answer(tidy: Folder, check: Check) -> None:
    put(tidy, "It takes approximately an hour.", more=ANSWER)
    assert "[answered: The letter says so.]" in check()


def test_faults_are_told_after_the_findings(tidy: Folder, check: Check, capsys: pytest.CaptureFixture[str]) -> None:
    put(tidy, "It takes approximately an hour. See [this page](/nowhere/).")
    with pytest.raises(CommandError, match="leads to no page"):
        check()
    assert "plain-word" in capsys.readouterr().out


def test_what_is_wrong_between_pages_is_told_at_the_page_that_shall_change(tidy: Folder, check: Check) -> None:
    tidy.put("conditions/elbow", tidy.read("conditions/elbow").replace("One plain message.", "The same to all."))
    knee = tidy.read("conditions/elbow").replace("title: Elbow", "title: Knee").replace("order: 2", "order: 3")
    tidy.put("conditions/knee", knee)
    told = check("--allow-warnings")
    assert "en/conditions/knee.md:4: warning same-message: “The same to all.”" in told
    assert told.count("same-message") == 1


def test_scores_are_told_raw_and_adjusted(tidy: Folder, check: Check) -> None:
    assert "en/conditions/elbow.md: FK " not in check()
    told = next(line for line in check("--scores").split("\n") if line.startswith("en/conditions/elbow.md: FK "))
    for name in ("SMOG", "ease", "long words", "words a sentence", "adjusted: FK", "judged by raw"):
        assert name in told
