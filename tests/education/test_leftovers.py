"""Marks of other Markdowns: each is a named fault at its line, and no word that was typed is lost in silence."""

import re
from collections import Counter
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from education.library import PageText, look_at
from education.markdown import Context, press
from tests.education.conftest import write

Written = Callable[..., PageText]
BODY_LINE = 9
NBSP = "\u00a0"


def faults(page: PageText, known: Context) -> list[str]:
    return [str(fault) for fault in press(page, context=known)[1]]


BRANCHES = ["HEAD", "Updated upstream", "feature/zyx", ""]
MEANT = [
    *((f"One.\n<<<<<<< {branch}\nTwo.\n", 2, "merge") for branch in BRANCHES),
    ("One.\n=======\nTwo.\n", 2, "merge"),
    ("One.\n\n>>>>>>> Stashed changes\n", 3, "merge"),
    ("One.\n||||||| merged common ancestors\nTwo.\n", 2, "merge"),
    ("~~Take two.~~ Take one.\n", 1, "struck-out"),
    ("Take ~two~ one.\n", 1, "struck-out"),
    ("Before your visit\n-----\n\nWords.\n", 2, "makes no heading"),
    ("Before your visit\n---\n", 2, "makes no heading"),
    ("Before your visit\n======\n", 2, "= signs"),
    ("Table: T\n| a | b |\n|---|---|\n| 1 | 2 | Not with food |\n", 4, "3 cells"),
    ("Table: T\n| a | b |\n|---|---|\n| 1 |\n", 4, "1 cells"),
    ("Table: T\n| a | b |\n|---|---|\n| 1 | 2 |\nAnd words.\n", 5, "1 cells"),
    ("Table: T\n| a | b |\n|---|\n| 1 | 2 |\n", 1, "no table follows"),
    ("| a | b |\n|---|\n| 1 | 2 |\n", 1, "table cannot be read"),
    ("Table: T\n\nWords.\n", 1, "no table follows"),
    ("##What to bring\n", 1, "a heading begins"),
    (f"Words.\n\n##{NBSP}What\n", 3, "a heading begins"),
    ("\u200b## What\n", 1, "a heading begins"),
    ("#pain\n", 1, "a heading begins"),
    (f"-{NBSP}water\n", 1, "begins with - and a blank"),
    ("-water\n-bread\n", 2, "begins with - and a blank"),
    *((f"Bring:\n\n{dot} glasses\n{dot} a friend\n", 4, "begins with - and a blank") for dot in "•·▪◦‣●○■➢✓\uf0b7"),
    ("•glasses\n", 1, "begins with - and a blank"),
    ("– glasses\n– a friend\n", 1, "a list is read only"),
    ("Bring:\n– glasses\n– a friend\n", 2, "a list is read only"),
    ("o glasses\no a friend\n", 1, "a list is read only"),
    ("o\tglasses\n", 1, "a list is read only"),
    ("a. Sit down.\nb. Breathe out.\n", 1, "a list is read only"),
    ("a) Sit down.\nb) Breathe out.\n", 1, "a list is read only"),
    ("Then:\n2) Sit down.\n3) Breathe out.\n", 2, "a list is read only"),
    ("1.Sit down.\n2.Breathe out.\n", 1, "a list is read only"),
    (f"1.{NBSP}Sit down.\n", 1, "a list is read only"),
    ("(1) Sit down.\n(2) Breathe out.\n", 1, "a list is read only"),
    ("i. Sit down.\nii. Breathe out.\n", 1, "a list is read only"),
    ("<b>One</b>\n", 1, "HTML"),
    ("<div\nclass='x'>\n", 1, "HTML"),
    ("One<br>two\n", 1, "HTML"),
    ("<!-- say more -->\n", 1, "HTML"),
    ("Write <your name>.\n", 1, "HTML"),
    ("One[^2].\n", 1, "no note"),
    ("One.\n\n[^2]: A note that nothing calls.\n", 3, "footnote"),
    (": What they mean.\n", 1, "explains the line right above"),
    ("==One== two.\n", 1, "= signs"),
    ("++One++ two.\n", 1, "+ signs"),
    ("+++\ntitle = 'x'\n+++\n", 1, "+ signs"),
    ("[[Knee pain]]\n", 1, "[[ ]]"),
    ("{{ page.title }}\n", 1, "is not a fact"),
    ("{% include x %}\n", 1, "is not a fact"),
    ("{{< youtube x >}}\n", 1, "is not a fact"),
    ("Words {.lead}\n", 1, "is not a fact"),
    ("Words } here\n", 1, "braces"),
    ("::: note Look\nWords.\n", 1, "never closed"),
    ("Words.\n:::tip\nOne.\n:::\n", 2, "no block called"),
    ("$x = 1$\n", 1, "formulas"),
    ("$$\nx\n$$\n", 1, "formulas"),
    ("- [ ] a list\n- [x] my glasses\n", 2, "checklist"),
    ("> [!NOTE]\n> Words.\n", 1, "this kind of box"),
    ("!!! note\n    Words.\n", 1, "this kind of box"),
    ("[TOC]\n", 1, "square brackets"),
    ("[insert name]\n", 1, "square brackets"),
    ("[words] (/treatment/risks/)\n", 1, "link cannot be read"),
    ("One [two][x].\n\n[x]: https://example.org\n", 3, "beside its words"),
    ("One.\n\n[x]: https://example.org 'Two three'\n", 3, "beside its words"),
    ('[a](https://example.org "A title")\n', 1, "in quotes after an address"),
    ("See https://example.org now.\n", 1, "an address alone"),
    ("** bold ** words\n", 1, "* is printed"),
    ("**bold words\n", 1, "* is printed"),
    ("\\*\\*bold\\*\\*\n", 1, "* is printed"),
    ("__ bold __ words\n", 1, "_ is printed"),
    ("One ` two\n", 1, "` is printed"),
    ("C:\\Words\n", 1, "\\ is printed"),
    ("x^2^ and y\n", 1, "raised letters"),
    ("One &amp;nbsp; two\n", 1, "stands for a letter"),
    ("One &nbsp two\n", 1, "stands for a letter"),
    ("Well :smile: done\n", 1, "code for a picture"),
    ("One -- two\n", 1, "a dash"),
    ("---\ntitle: Old\n---\n", 3, "makes no heading"),
    ("    four blanks\n", 1, "make code"),
    ("```python\nx\n```\n", 1, "make code"),
    ("dolor de cabeÃ§a\n", 1, "another encoding"),
    ("donâ€™t\n", 1, "another encoding"),
    ("caf\ufffd\n", 1, "another encoding"),
    ("TODO write this\n", 1, "to be filled in"),
    ("Lorem ipsum dolor\n", 1, "to be filled in"),
    ("It takes ??? visits.\n", 1, "to be filled in"),
]


@pytest.mark.parametrize(("body", "line", "words"), MEANT, ids=[repr(body) for body, _line, _words in MEANT])
def test_a_mark_that_we_do_not_know_is_a_fault_at_its_line(
    written: Written, known: Context, body: str, line: int, words: str
) -> None:
    found = faults(written(body), known)
    assert any(fault.startswith(f"en/test.md:{BODY_LINE + line - 1}: ") and words in fault for fault in found), found


PLAIN = [
    "Words – and more – of them.\n",
    "In 5 of\n12 people it helped.\n",
    "A. Testperson wrote this.\n",
    "- one\n- two\n\n1. one\n2. two\n\n1) one\n2) two\n",
    "It is -5 degrees, or 3-4 hours.\n",
    "We ask: is it so?\n",
    "Words.\n\n***\n\nMore.\n",
    "Words&nbsp;and caf&eacute;s.\n",
    "**Bold** and *slanted* and __bold__ too.\n",
    "At 9:30 to 10:00, e.g. today, at 8 a.m. (or later).\n",
    "Write to first_last@example.org & co.\n",
    "[https://example.org](https://example.org)\n",
    "One line\\\nand the next.\n",
    "p < 0.05 and 3 > 2\n",
    "O’Testperson – “o” or 'o'\n",
    "Table: T\n| a | b |\n|---|:-:|\n| 1 | x \\| y |\n| | |\n",
]


@pytest.mark.parametrize("body", PLAIN)
def test_words_that_only_look_like_marks_pass(written: Written, known: Context, body: str) -> None:
    assert faults(written(body), known) == []


@pytest.mark.parametrize("mark", ["~~no~~", "**bold**", "[a](/x/)", "{{ x }}", "donâ€™t"])
def test_marks_in_the_front_matter_are_faults_at_their_key(known: Context, mark: str) -> None:
    text = re.sub(r"(?m)^lede: .*$", lambda _: f'lede: "Words {mark} here."', write("Test", "Words.\n"))
    page = look_at(text, language="en", path="test", file="en/test.md")[0]
    assert any(": lede: " in fault for fault in faults(page, known))


def test_marks_of_a_merge_in_the_front_matter_are_faults(known: Context) -> None:
    text = write("Test", "Words.\n").replace("updated:", "<<<<<<< HEAD\nupdated:")
    page, refused = look_at(text, language="en", path="test", file="en/test.md")
    assert refused or faults(page, known)


LETTERS = re.compile(r"[^\W\d_]+")
WORD = st.text("abcdefghijklmnopqrstuvwyzéñ", min_size=4, max_size=7)
SHAPES = st.sampled_from(
    "{0} {1}|**{0}** {1}|*{0}* {1}|~~{0}~~ {1}|## {0} {1}|##{0} {1}|- {0}\n- {1}|-{0}\n-{1}|1. {0}\n2. {1}|• {0}\n• {1}"
    "|{0}\n: {1}|: {0} {1}|[{0}](https://example.org) {1}|[{0}]: /{1}/|[^{0}]: {1}|{0}[^1]\n\n[^1]: {1}|> {0}\n> {1}"
    "|::: note {0}\n{1}\n:::|::: note {0}\n{1}|::: {0}\n{1}\n:::|::: benefit\n{0} {1}\n:::|{0}\n---\n{1}|<{0}> {1}"
    "|```{0}\n{1}\n```|    {0} {1}|[{0}][{1}]|[[{0}|{1}]]|{{{{{0}}}}} {1}|{0} {{.{1}}}|<!-- {0} {1} -->|`{0}` {1}"
    "|![{0}](/media/{1}.png)|*[{0}]: {1}|$ {0} $ {1}|{0} \\{1}|[{0}](/x/ '{1}')|::: glance\n{0}\n: {1}\n:::"
    "|::: do\n- {0}\n- {1}\n:::|::: timeline\n1. **{0}** {1}\n:::|::: figure needle\n{0} {1}\n:::".split("|")
)
TABLES = st.sampled_from(
    [
        "Table: {0}\n| a | b |\n|---|---|\n| 1 | 2 | {1} |",
        "| {0} | {1} |\n|---|",
        "Table: {0} {1}",
        "Table: {0}\n| a |\n|---|\n| {1} |",
    ]
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.tuples(st.one_of(SHAPES, TABLES), WORD, WORD), min_size=1, max_size=4))
def test_no_word_that_was_typed_vanishes_without_a_fault(known: Context, pieces: list[tuple[str, str, str]]) -> None:
    body = "\n\n".join(shape.format(one, two) for shape, one, two in pieces)
    page = look_at(write("Test", f"{body}\n"), language="en", path="test", file="en/test.md")[0]
    rendered, found = press(page, context=known)
    typed = Counter(
        LETTERS.findall(
            re.sub(r"(?m)^::: (?:figure needle|[a-z]+)|^Table:|https://example\.org|\(/(?:media|x)/.*?\)", " ", body)
        )
    )
    html = f"{rendered.html} {rendered.contents}"
    shown = Counter(LETTERS.findall(re.sub(r"<[^>]*?(?:alt=\"([^\"]*)\")?[^>]*>", r" \1 ", unescape(html))))
    lines = page.text.split("\n")
    named = " ".join(f"{fault.message} {lines[fault.line - 1]}" for fault in found)
    in_blocks = " ".join(lines) if any("block" in fault.message for fault in found) else ""
    lost = [word for word in typed - shown if word not in f"{named} {in_blocks}"]
    assert lost == [], (body, [str(fault) for fault in found], rendered.html)
