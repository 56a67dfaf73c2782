"""The list of studies and the condition pages agree: grades, numbers and sources say the same in both places."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from education.checks.citations import cited
from education.checks.finding import ERROR, Finding, found, rule
from education.library import PageText
from education.markdown.context import Context

Told = Iterator[tuple[PageText, Finding]]
GRADE = rule(
    "study-grade",
    ERROR,
    title="A grade that the studies do not bear",
    why="A grade without a study is a guess, and “no direct studies” beside a study of PIT is not true.",
    mend="Mend the grade of the page, or the study in the list of the page of kind evidence.",
    source="clinical.md 2.11",
)
SIZE = rule(
    "study-size",
    ERROR,
    title="A size that no study has",
    why="The sentence about the studies and the list of them would tell readers two different things.",
    mend="Take the number from the list of studies, or add the study there.",
    source="clinical.md 2.0",
)
PLACE = rule(
    "study-page",
    ERROR,
    title="A study of a page that is not there",
    why="The study would be shown nowhere, and the page that needs it would say too little.",
    mend="Name the path of a condition page, like conditions/knee-pain.",
    source="clinical.md 2.0",
)
UNCITED = rule(
    "study-uncited",
    ERROR,
    title="A study that its condition page does not cite",
    why="The page lists the study, but its readers could not look it up there.",
    mend="Cite the study on the condition page, or take the page out of the study's conditions.",
    source="clinical.md 4.2 (DISCERN 4)",
)
NUMBER = re.compile(r"(?<![\w.,%])\d{2,}(?:[,.]\d{3})*(?![\w.,]*%)\b")
"""A number of two digits or more that is no share: a size. Smaller ones count studies, weeks or points."""


def between(pages: Iterable[PageText], context: Context) -> Told:
    """Find what the list of studies and the condition pages of one language say differently."""
    pages = list(pages)
    listed = [(page, study) for page in pages for study in page.front.studies]
    conditions = {page.path: page for page in pages if page.front.kind == "condition"}
    for page, study in listed:
        yield from _of_study(page, study, conditions)
    for page in conditions.values() if listed else ():
        yield from _of_condition(page, [study for _page, study in listed if page.path in study.get("conditions", ())])


def _of_study(page: PageText, study: Mapping[str, Any], conditions: Mapping[str, PageText]) -> Told:
    line = page.lines.get("studies", 1)
    for path in study.get("conditions", ()):
        if path not in conditions:
            yield page, found(PLACE, line, str(study.get("about", "")), detail=path)
        elif missing := set(study.get("sources", ())) - cited(conditions[path]):
            told = conditions[path]
            yield told, found(UNCITED, told.body_line, str(study.get("about", "")), detail=", ".join(sorted(missing)))


def _of_condition(page: PageText, studies: list[Mapping[str, Any]]) -> Told:
    evidence, line = page.front.evidence, page.lines.get("evidence", 1)
    graded = evidence.get("grade", "none") != "none"
    if graded and not studies:
        yield page, found(GRADE, line, evidence.get("label", ""), detail="graded, but no study is listed for it")
    if not graded and any(study.get("nearness") == "same" for study in studies):
        yield page, found(GRADE, line, evidence.get("label", ""), detail="a study of the same technique is listed")
    sizes = {str(study.get("count", "")) for study in studies}
    for number in NUMBER.findall(evidence.get("studies", "")):
        if re.sub(r"[,.]", "", number) not in sizes:
            yield page, found(SIZE, line, evidence["studies"], detail=number)
