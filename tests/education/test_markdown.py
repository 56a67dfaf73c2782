"""The renderer: each block's structure, each fault at its line, and nothing hostile comes through."""

import concurrent.futures
import time
from collections.abc import Callable

import pytest

from education.library import PageText, look_at
from education.markdown import SPLIT, Context, press
from education.markdown.evidence import within_a_sentence
from education.markdown.sanitise import clean
from tests.education.conftest import EVIDENCE, render, write

Written = Callable[..., PageText]
BODY_LINE = 9
"""The first line of the body in the pages of these tests."""


@pytest.fixture
def html(written: Written, known: Context) -> Callable[..., str]:
    def make(body: str, more: str = "") -> str:
        return render(written(body, more), known).html

    return make


@pytest.fixture
def faults(written: Written, known: Context) -> Callable[..., list[str]]:
    def find(body: str, more: str = "") -> list[str]:
        return [str(fault) for fault in press(written(body, more), context=known)[1]]

    return find


def test_a_care_card_is_a_named_section_with_its_hidden_prefix(html: Callable[..., str]) -> None:
    out = html("::: emergency Call {emergency_number} now if:\n- your chest hurts\n\nSo go.\n:::\n\n## Next\n")
    assert '<section class="care now" aria-labelledby="emergency"><h2 id="emergency">' in out
    assert '<span class="vh">Emergency: </span>Call your emergency number now if:</h2>' in out
    assert '<p class="gap">So go.</p>' in out


@pytest.mark.parametrize(("name", "css"), [("emergency", "now"), ("urgent", "soon"), ("routine", "plan")])
def test_each_care_card_has_its_own_colour_class(html: Callable[..., str], name: str, css: str) -> None:
    assert f'class="care {css}"' in html(f"::: {name} Do it if:\n- a\n:::\n")


def test_two_cards_of_one_kind_have_two_ids(html: Callable[..., str]) -> None:
    out = html("::: urgent One\n- a\n:::\n\n::: urgent Two\n- b\n:::\n")
    assert 'id="urgent"' in out
    assert 'id="urgent-2"' in out


def test_at_a_glance_groups_each_row(html: Callable[..., str]) -> None:
    out = html("::: glance\nA\n: one\n\nB\n: two\n\nC\n: three\n:::\n")
    assert out.startswith('<section class="glance" aria-labelledby="glance"><h2 id="glance">At a glance</h2>')
    assert out.count("<div><dt>") == out.count("</div>") == 3


def test_do_and_dont_are_ticked_lists_with_hidden_icons(html: Callable[..., str]) -> None:
    out = html("## Now\n\n::: do\n- walk\n:::\n\n::: dont\n- do not run\n:::\n")
    assert "<h3>Do</h3>" in out
    assert "<h3>Don’t</h3>" in out
    assert out.count('<ul class="ticks">') == out.count('aria-hidden="true"') == 2
    assert "<span>do not run</span>" in out


def test_a_figure_holds_our_drawing_and_its_caption(html: Callable[..., str]) -> None:
    out = html("::: figure needle\nA thin *needle*.\n:::\n")
    assert out.startswith('<figure class="fig"><svg id="needle"></svg><figcaption>A thin <em>needle</em>.')


@pytest.mark.parametrize("gap", ["\n   ", "\n\n   "])
def test_the_timeline_has_headings_and_marks_the_decision(html: Callable[..., str], gap: str) -> None:
    out = html(f"## Visit\n\n::: timeline\n1. **Talk**{gap}You *talk*.\n2. **Stop?**{gap}You choose.\n:::\n")
    assert '<ol class="course" role="list">' in out
    assert "<h3>Talk</h3>\n<p>You <em>talk</em>.</p>" in out
    assert out.count('<li class="now">') == 1
    assert out.index('<li class="now">') > out.index("You <em>talk</em>.")


def test_a_list_to_tick_on_paper_has_boxes_and_no_heading_of_its_own(html: Callable[..., str]) -> None:
    out = html("## Bring\n\n::: checklist\n- my *list*\n:::\n")
    assert '<ul class="ticks checks">' in out
    assert "<span>my <em>list</em></span></li>" in out
    assert "<h3>" not in out


def test_the_scale_marks_the_grade_of_the_front_matter(html: Callable[..., str]) -> None:
    out = html("## Research\n\n::: evidence\n**We do not know.**\n:::\n", EVIDENCE)
    assert "<h3>How sure are we that PIT helps test?</h3>" in out
    assert '<li aria-current="true">Very low</li>' in out
    assert out.count("<li") == 5
    assert "Two small trials. Last searched: November 2026." in out


def test_a_note_has_its_heading(html: Callable[..., str]) -> None:
    assert '<section class="note flow" aria-labelledby="note"><h2 id="note">Mind <em>this</em></h2>' in html(
        "::: note Mind *this*\nWords.\n:::\n"
    )


def test_a_table_scrolls_under_its_caption_and_aligns_by_class(html: Callable[..., str]) -> None:
    out = html("Table: What *we* saw\n| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert '<div class="table" role="region" tabindex="0" aria-labelledby="table-1">' in out
    assert '<caption id="table-1">What <em>we</em> saw</caption>' in out
    assert '<th class="ta-right" scope="col">b</th>' in out
    assert '<td class="ta-right">2</td>' in out
    assert "style" not in out


def test_footnotes_have_names_to_read_aloud(html: Callable[..., str]) -> None:
    out = html("Words[^1].\n\n[^1]: The note.\n")
    assert '<span class="vh">note </span>1</a>' in out
    assert 'aria-label="Back to the text of note 1"' in out
    assert '<section class="footnotes" aria-label="Notes">' in out


def test_citations_are_numbered_in_order_of_first_use(written: Written, known: Context) -> None:
    rendered = render(written("One [@other-2021]. Two [@zzyx-2020; @other-2021].\n"), known)
    assert [(source["number"], source["key"]) for source in rendered.sources] == [(1, "other-2021"), (2, "zzyx-2020")]
    assert 'One<sup class="cite"><a href="#source-1"><span class="vh">source </span>1</a></sup>' in rendered.html
    assert rendered.front["sources"] == rendered.sources


def test_words_link_to_the_list_on_the_page(written: Written, known: Context) -> None:
    rendered = render(written("Some [sugar](#w-dextrose) or a [dummy](#w-placebo).\n"), known)
    assert '<a href="#w-dextrose" class="term">sugar</a>' in rendered.html
    assert [word["id"] for word in rendered.words] == ["w-dextrose", "w-placebo"]
    assert rendered.words[1]["definition"] == "It looks like the real one."


def test_the_glossary_page_gives_each_word_its_id(html: Callable[..., str]) -> None:
    assert '<dt id="w-dextrose">' in html("Dextrose\n: Sugar.\n", "kind: glossary\n")


def test_headings_have_ids_and_make_the_contents(written: Written, known: Context) -> None:
    body = "::: urgent Get help today if:\n- a\n:::\n\n## What’s it?\n\n### Why {#reason}\n\n## What’s it?\n"
    rendered = render(written(body), known)
    assert [(entry["id"], entry["level"]) for entry in rendered.contents] == [
        ("urgent", 2), ("whats-it", 2), ("reason", 3), ("whats-it-2", 2),
    ]  # fmt: skip
    assert rendered.contents[0]["text"] == "When to get help today"
    assert rendered.anchors >= {"urgent", "whats-it", "reason", "whats-it-2"}


def test_the_opening_boxes_stand_before_the_first_heading(html: Callable[..., str]) -> None:
    opening, split, body = html("::: urgent Go if:\n- a\n:::\n\n## One\n\nWords.\n").partition(SPLIT)
    assert split
    assert opening.startswith('<section class="care soon"')
    assert body.startswith('<h2 id="one">')


def test_facts_are_filled_in_text_and_front_matter(written: Written, known: Context) -> None:
    words = written("Ask {clinic}.\n")
    rendered = render(words, known)
    assert "Ask Zzyx Clinic." in rendered.html
    assert rendered.front["minutes"] == 1


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("Words.\n\n::: warnng Look\nx\n:::\n", 3, "no block called 'warnng'"),
        ("::: note Look\nWords.\n", 1, "never closed"),
        ("::: note Look\nx\n\n::: urgent Go\n- a\n:::\n", 1, "not closed before the next"),
        ("Words.\n\n:::\n", 3, "none is open"),
        ("- ::: note Look\n  x\n  :::\n", 1, "inside a list"),
        ("x\n    ::: note\n", 2, "very beginning"),
        ("::: note\nx\n:::\n", 1, "needs its heading"),
        ("::: note Look\n:::\n", 1, "is empty"),
        ("::: glance now\nA\n: a\n\nB\n: b\n\nC\n: c\n:::\n", 1, "takes nothing after its name"),
        ("::: glance\nJust words.\n:::\n", 1, "holds a list of terms"),
        ("::: glance\nA\n: a\n:::\n", 1, "has 1 rows"),
        ("## H\n\n::: dont\n- run\n:::\n", 4, "begins with the words: do not"),
        ("## H\n\n::: do\nRun.\n:::\n", 3, "a list only"),
        ("## H\n\n::: checklist\nRun.\n:::\n", 3, "a list only"),
        ("## H\n\n::: do\n- run\n\n  and run\n:::\n", 4, "one short sentence"),
        ("::: do\n- run\n:::\n", 1, "needs a heading"),
        ("## H\n\n::: timeline\n1. Talk\n:::\n", 4, "heading in bold"),
        ("## H\n\n::: timeline\n- **Talk** x\n:::\n", 3, "numbered list only"),
        ("## H\n\n::: timeline\n1. **Talk**\n:::\n", 4, "no text"),
        ("::: figure nothing\nWords.\n:::\n", 1, "no drawing called 'nothing'; known: needle"),
        ("::: figure needle\n- a\n:::\n", 1, "holds one paragraph"),
        ("::: figure needle\na\n:::\n\n::: figure needle\nb\n:::\n", 5, "already on this page"),
        ("## H\n\n::: evidence\nx\n:::\n", 3, "needs evidence in the front matter"),
        ("| a |\n|---|\n| 1 |\n", 1, "no caption"),
        ("Words.\nMore [@nobody-2000].\n", 2, "no source called 'nobody-2000'"),
        ("Words [@Bad Key].\n", 1, "citation cannot be read"),
        ("Words[^9].\n", 1, "footnote mark has no note"),
        ("A [word](#w-nothing).\n", 1, "no word with the id 'w-nothing'"),
        ("Call {emergency_nmber}.\n", 1, "{emergency_nmber} is not a fact"),
        ("# Big\n", 1, "headings begin at ##"),
        ("## One\n\n#### Three\n", 3, "jumps from level 2 to level 4"),
        ("### Two\n", 1, "jumps from level 1 to level 3"),
        ("##\n", 1, "this heading is empty"),
        ("::: note Look\n## In\n:::\n", 2, "must not stand inside a block"),
        ("## A {#one}\n\n## B {#one}\n", 3, "already used"),
        ("## A {#One}\n", 1, "small letters"),
        ("![](/media/a.png)\n", 1, "no words for people who cannot see"),
        ("![a](https://example.org/a.png)\n", 1, "must be our own"),
        ("[a](page.md)\n", 1, "must begin with /"),
        ("[a](javascript:x)\n", 1, "link cannot be read"),
        ("[a](http://example.org)\n", 1, "must begin with /"),
        ("[a](//example.org)\n", 1, "must begin with /"),
        ("Words <b>bold</b>.\n", 1, "HTML is not used here"),
    ],
)
def test_each_fault_of_a_body_is_named_with_its_line(
    faults: Callable[..., list[str]], body: str, line: int, words: str
) -> None:
    found = faults(body)
    assert any(fault.startswith(f"en/test.md:{BODY_LINE + line - 1}: ") and words in fault for fault in found), found


def test_a_clean_page_has_no_fault(faults: Callable[..., list[str]]) -> None:
    body = "Hello, {clinic} [@zzyx-2020].\n\n## One {#first}\n\nA [word](#w-dextrose), [out](https://example.org).\n"
    assert faults(body) == []


def test_every_fault_is_named_at_once(faults: Callable[..., list[str]]) -> None:
    assert len(faults("# A\n\n::: nope\nx\n:::\n\n[@no]\n")) == 3


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "![a](javascript:alert(1))",
        '[a](/x/ "onmouseover=alert(1)")',
        "::: note <script>alert(1)</script>\nx\n:::",
        "::: figure ../../etc/passwd\nx\n:::",
        "\ue000drawing:needle\ue001",
        "&#xE000;ok&#57345; ![&#xE000;ok&#xE001;](/media/a.png)",
        "<!--body-->",
        "| <b onclick=x> |\n|---|\n| 1 |",
    ],
)
def test_nothing_hostile_leaves_the_renderer(written: Written, known: Context, hostile: str) -> None:
    html = press(written(hostile), context=known)[0].html
    for bad in ("<script", "<img src=x", '="javascript:', '="data:', "<b ", "title=", "<svg"):
        assert bad not in html, html
    assert html.count("<!--") == 1  # our own mark between the halves


def test_the_second_wall_lets_only_the_list_through() -> None:
    hostile = (
        '<p style="color:red" class="gap evil" onclick="x()">a</p><iframe src="https://example.org"></iframe>'
        '<img src="https://example.org/a.png" alt="a"><a href="http://example.org" class="btn">b</a>'
        '<div role="alert" tabindex="5">c</div>'
    )
    assert clean(hostile, {}) == '<p class="gap">a</p><img alt="a"><a>b</a><div>c</div>'


@pytest.mark.parametrize(
    "flood", ["# a" + " " * 100_000 + "{#",
              "[" * 20_000, "[a](" * 20_000, "`" * 20_000 + " `", ">" * 20_000, "::: note x\n" * 5_000,
              "- " * 20_000, "[@a" * 20_000, "{" * 20_000, "*a_ " * 20_000, "|" * 3_000 + "\n" + "|-" * 3_000 + "|\n"]
)  # fmt: skip
def test_floods_of_marks_are_rendered_and_their_faults_are_few(written: Written, known: Context, flood: str) -> None:
    _rendered, faults = press(written(flood), context=known)
    assert len(faults) <= 100


@pytest.mark.parametrize(
    "unit",
    [
        "a|b\n-|-\n\n",
        "a\n: b\n\n",
        "- a\n",
        "Table: a\n|a|\n|-|\n\n",
        *(f"{mark * 2_450}\n\n" for mark in ("![", "^[", "[@")),
    ],
)
def test_the_longest_text_of_marks_is_read_in_seconds(known: Context, unit: str) -> None:
    text = write("Test", unit * (190_000 // len(unit)))
    page, _faults = look_at(text, language="en", path="test", file="en/test.md")
    started = time.process_time()
    press(page, context=known)
    assert time.process_time() - started < 2.5, "none takes a second on a quiet machine"


def test_threads_that_render_at_once_do_not_mix_their_pages(written: Written, known: Context) -> None:
    pages = [written(f"## Page {n} [@zzyx-2020]\n\nText {n}[^1]\n\n[^1]: Note {n}\n") for n in range(60)]
    alone = [render(each, known).html for each in pages]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda each: render(each, known).html, pages))
    assert together == alone


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Knee pain", "knee pain"), ("Morton’s neuroma", "Morton’s neuroma"), ("", "")],
)
def test_a_title_inside_a_sentence_begins_small_unless_it_is_a_name(title: str, expected: str) -> None:
    assert within_a_sentence(title) == expected
