"""Studies stand in one list; the plot, the tables and each condition's "How sure are we?" follow from it."""

import re
from itertools import combinations
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from education import navigation
from education.exchange import import_folder
from education.keys import STUDY
from education.navigation import Entry, Site
from education.plot import LEFT, RIGHT, UNKNOWN, plot
from education.shown import fill, grade_of
from education.studies import Study, about, grouped, studies
from tests.education.conftest import NOW, Folder, write
from tests.education.shipped import GRADES, PAGES, every_condition

STUDIES = """kind: evidence
studies:
  - about: Elbow
    nearness: different
    design: alone
    given: Deep
    found: Little
    limits: Small
    sources: [other-2021]
  - about: Knee <b>
    year: "2020"
    nearness: related
    design: dummy
    count: 1896
    conditions: [conditions/knee]
    given: Some <i>sugar</i>
    found: Not much
    limits: One place
    sources: [zzyx-2020]
"""
BODY = """## One

::: grades
The grades
:::
::: plot
The plot
:::
::: studies related
Related ones
:::
"""


def site_of_shipped() -> Site:
    """Return the tree of the shipped pages without a database."""
    return Site([Entry(path, f"/{path}/" if path else "/", page.front.plain()) for path, page in PAGES.items()])


def shipped() -> list[Study]:
    return studies(site_of_shipped())


def made(number: int = 1, **told: Any) -> Study:
    """Return a study with what a test does not care about filled in."""
    words = {"about": "Knee", "nearness": "same", "design": "alone", "given": "", "found": "", "limits": ""}
    return Study(**{"number": number, "sources": (), "page": "/studies/", **words, **told})


@pytest.fixture
def shown(client: Client, folder: Folder, db: None) -> Any:
    """Return a function that brings in a site with two studies and shows a page of it."""
    folder.put("studies", write("Studies", BODY, order=5, more=STUDIES))
    import_folder(folder.root, at=NOW)
    navigation.forget()
    return lambda path: client.get(path).content.decode()


def test_a_condition_says_size_year_design_and_nearness_of_each_study_and_leads_to_it(shown: Any) -> None:
    page = shown("/conditions/knee/")
    near = page[page.index('<dl class="among">') : page.index("</dl>", page.index('<dl class="among">'))]
    same, related, different = near.split("<dt>")[1:]
    assert "The same technique" in same
    assert "none found" in same
    assert '<a href="/studies/#study-1">1,896 people, 2020</a>: with a dummy treatment' in related
    assert 'href="#source-1"' in related
    assert "none found" in different


def test_the_tables_follow_from_the_list_the_nearest_first(shown: Any) -> None:
    page = shown("/studies/")
    assert 'id="study-1"' in page
    assert "1. Knee &lt;b&gt;" in page
    assert "Some &lt;i&gt;sugar&lt;/i&gt;" in page
    assert "size not known" in page
    row = page[page.index('href="/conditions/knee/">Knee pain</a></th>') :].partition("</tr>")[0]
    grade, same, related, different = row.split("<td>")[1:]
    assert grade.startswith("<strong>")
    assert (same, related, different) == ("none</td>", "1 study</td>", "none</td>")


def test_every_study_in_the_list_is_a_source_of_its_page(shown: Any) -> None:
    assert re.findall(r'<li id="source-(\d)">', shown("/studies/")) == ["1", "2"]


def test_no_place_is_left_unfilled_and_no_text_can_make_one(shown: Any, folder: Folder, client: Client) -> None:
    assert "<!--show:" not in shown("/studies/") + shown("/conditions/knee/")
    folder.put("conditions/elbow", write("Elbow", "## A\n\n&#xE000;show:plot&#xE001;\n", order=2))
    import_folder(folder.root, at=NOW)
    navigation.forget()
    assert 'class="art plot"' not in client.get("/conditions/elbow/").content.decode()


@every_condition
def test_the_research_page_gives_a_condition_its_grade_and_label(name: str) -> None:
    _grade, label, in_words = GRADES[name]
    site = site_of_shipped()
    entry = site.page(f"conditions/{name}")
    assert entry is not None
    assert grade_of(entry) == in_words
    table = fill("<!--show:grades-->", Entry("evidence", "/evidence/", PAGES["evidence"].front.plain()), site)
    assert f"<strong>{in_words}</strong>: “{label}”" in table
    assert f'href="/conditions/{name}/"' in table


def test_the_heading_of_the_plot_is_true() -> None:
    assert "## No study of the same technique used a dummy treatment {#plot}" in PAGES["evidence"].body
    same = grouped(shipped())[0]
    assert same.nearness == "same"
    assert [study for study in same.studies if study.design == "dummy"] == []
    assert len(same.studies) >= 4


def test_the_numbers_of_the_studies_are_those_of_the_dossier() -> None:
    told = {study.sources[0]: (study.count, study.design, study.nearness) for study in shipped()}
    assert told["carpal-tunnel-mayo-2017"] == (49, "dummy", "related")
    assert told["axillary-nerve-dextrose-2026"] == (39, "dummy", "related")
    assert told["arias-vazquez-2024"] == (1226, "review", "same")
    assert told["yelland-2004"] == (110, "dummy", "different")
    assert told["rezasoltani-2017"] == (104, "compared", "same")
    assert told["hauser-mortons-neuroma-2012"] == (17, "alone", "different")
    assert len(told) == 35


def test_thoracic_pain_has_no_study_and_low_back_pain_five_of_another_method() -> None:
    assert about(shipped(), "conditions/thoracic-pain") == []
    assert {study.nearness for study in about(shipped(), "conditions/low-back-pain")} == {"different"}
    assert len(about(shipped(), "conditions/low-back-pain")) == 5


def test_marks_of_the_plot_stand_apart_in_their_lane_further_right_the_larger_they_are() -> None:
    drawn = plot(shipped())
    single = [study for study in shipped() if study.design != "review"]
    assert sorted(mark.study.number for lane in drawn.lanes for mark in lane.marks) == [each.number for each in single]
    for lane in drawn.lanes:
        assert all(lane.top < mark.y < lane.bottom for mark in lane.marks)
        assert all(abs(a.x - b.x) >= 40 or abs(a.y - b.y) >= 40 for a, b in combinations(lane.marks, 2))
        known = sorted((mark.study.count, mark.x) for mark in lane.marks if mark.study.count)
        assert [x for _count, x in known] == sorted(x for _count, x in known)
        assert all(LEFT <= x <= RIGHT for _count, x in known)
        assert {mark.x for mark in lane.marks if not mark.study.count} <= {UNKNOWN}
    assert drawn.ticks[0] == (0, LEFT)
    assert drawn.ticks[-1] == (200, RIGHT)


@pytest.mark.parametrize("counts", [[], [0, 0], [1], [50], [5000, 1, 1, 1]])
def test_a_plot_can_be_drawn_of_any_studies(counts: list[int]) -> None:
    drawn = plot([made(number, count=count) for number, count in enumerate(counts, start=1)])
    assert sum(len(lane.marks) for lane in drawn.lanes) == len(counts)
    assert drawn.height > drawn.bottom > 0
    assert 2 <= len(drawn.ticks) <= 5


def test_sizes_are_said_in_the_language_of_the_page() -> None:
    assert made(count=1).size == "1 person"
    assert made(count=1896, counted="wrists").size == "1,896 wrists"
    with translation.override("es"):
        assert made(count=1896).size == "1,896 personas"


def test_a_study_holds_every_key_that_authors_may_write() -> None:
    entry = {"count": 3, "counted": "hands", "year": "2020", "conditions": ["a"], "sources": ["b"], "about": "Knee"}
    written = entry | {"nearness": "same", "design": "dummy", "given": "", "found": "", "limits": ""}
    assert STUDY is not None
    assert Study(number=1, page="", **written).counted == "hands"  # type: ignore[arg-type]
