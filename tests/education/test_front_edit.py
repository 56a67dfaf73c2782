"""One key of a page changes; every other byte of its author stays."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from education.front_edit import entries, parts, read, with_body, with_entries, with_keys

TEXT = """---
# who looks after this page: nobody yet
title: Knee pain   # keep it short
order: 80
evidence:
  grade: very low  # see the minutes
  label: "Small trials"

# found by hand
related:
  - treatment/risks
message: >
  One # plain
  message.
---
Words.
---
More words.
"""
SHIPPED = {
    place.relative_to(settings.CONTENT_DIR).as_posix(): place.read_text()
    for place in Path(settings.CONTENT_DIR).glob("*/**/*.md")
}
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30),
    "order": st.integers(-9, 99),
    "related": st.lists(st.sampled_from(["a", "b: c", "no", "# d"])),
    "when_overdue": st.none() | st.sampled_from(["yes", "2026-11-22", "it's: 'so' #1", "- a", "---"]),
}


@pytest.mark.parametrize("text", SHIPPED.values(), ids=SHIPPED.keys())
def test_a_shipped_page_put_together_again_is_the_same_to_the_byte(text: str) -> None:
    taken = parts(text)
    assert "".join(taken) == text
    assert with_keys(text, read(taken.front)) == text
    assert with_entries(text, entries(taken.front)) == text
    assert with_body(text, taken.body) == text


@how(max_examples=25)
@given(name=st.sampled_from(sorted(SHIPPED)), key=st.sampled_from(sorted(VALUES)), data=st.data())
def test_one_changed_key_leaves_all_other_lines_of_a_shipped_page(name: str, key: str, data: Any) -> None:
    text, value = SHIPPED[name], data.draw(VALUES[key])
    changed = with_keys(text, {key: value})
    before, after = parts(text), parts(changed)
    assert after.rest == before.rest
    assert read(after.front).get(key) == value
    old, new = entries(before.front), entries(after.front)
    assert {k: v for k, v in new.items() if k != key} == {k: v for k, v in old.items() if k != key}
    assert [k for k in new if k != key] == [k for k in old if k != key]


def test_comments_stay_where_they_are() -> None:
    changed = with_keys(TEXT, {"title": "Sore knee", "evidence": {"grade": "low", "label": "No"}, "summary": "New."})
    assert "title: Sore knee   # keep it short\n" in changed
    assert "# who looks after this page: nobody yet\ntitle" in changed
    assert "evidence:\n  grade: low\n  label: 'No'\n\n# found by hand\nrelated:\n  - treatment/risks\n" in changed
    assert changed.index("summary: New.") > changed.index("message.")
    assert changed.endswith("---\nWords.\n---\nMore words.\n")


@pytest.mark.parametrize("margin", ["", "  ", "    "])
def test_what_is_new_in_a_list_leaves_its_other_entries_as_they_are(margin: str) -> None:
    entry = f'{margin}- date: 2026-11-22   # the day\n{margin}  reason: "First."\n{margin}  act: no\n'
    text = f"---\ntitle: A\nchanges:\n{entry}# below\nask: false\n---\nWords.\n"
    old = read(parts(text).front)["changes"]
    changed = with_keys(text, {"changes": [*old, {"reason": "Next.", "act": True}]})
    assert changed == text.replace("# below", f"{margin}- reason: Next.\n{margin}  act: true\n# below")


def test_a_key_can_be_taken_away() -> None:
    changed = with_keys(TEXT, {"related": None, "ask": None})
    assert "related" not in changed
    assert "# found by hand\nmessage: >\n  One # plain" in changed


def test_front_matter_in_an_unusual_form_is_written_afresh_rather_than_wrongly() -> None:
    assert yaml.safe_load(parts(with_keys("---\n{title: A, order: 1}\n---\nB\n", {"order": 2})).front) == {
        "title": "A",
        "order": 2,
    }
    shared = "---\ntitle: &t A\nlede: *t\n---\nB\n"
    assert read(parts(with_keys(shared, {"title": "C"})).front) == {"title": "C", "lede": "A"}


def test_a_text_without_front_matter_gets_one() -> None:
    assert with_keys("Words.\n", {"title": "A"}) == "---\ntitle: A\n---\nWords.\n"
