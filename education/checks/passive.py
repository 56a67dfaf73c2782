"""Sentences say who does what."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import WARNING, Finding, found, rule
from education.checks.reading import Reading

IRREGULAR = (
    "given|taken|made|done|seen|shown|known|found|told|felt|held|kept|left|lost|paid|put|read|said|sent|set|sold|"
    "taught|thought|understood|worn|written|begun|broken|brought|built|bought|caught|chosen|cut|drawn|driven|eaten|"
    "hurt|led|meant|met|run|spent|stuck"
)
BE = r"(?:am|is|are|was|were|be|been|being|get|gets|got)"
BETWEEN = r"(?: (?:not|also|often|first|only|then|never|always|\w{2,12}ly)){0,2}"
PASSIVE = re.compile(rf"\b{BE}{BETWEEN} (?:\w{{2,15}}ed|{IRREGULAR})\b", re.IGNORECASE)
BY = re.compile(r"^[^.;:]{0,40}? by (?!hand|mistake|chance|itself|yourself|then|now|\d|\w+ing\b)", re.IGNORECASE)
FIXED = re.compile(r"approved by the FDA", re.IGNORECASE)
"""Words that the law gives us."""
MOST_SHARE, FEWEST = 0.2, 20
"""The share of passive sentences that a page may have, and how many sentences it takes to judge."""
TO_YOU = re.compile(
    rf"\b(?:is|are|be|being|get|gets){BETWEEN} (?:given|injected|inserted|placed|cleaned|examined|treated|performed|"
    r"carried out|administered|applied|marked|numbed|monitored|assessed|advised|recommended|prescribed|required)\b",
    re.IGNORECASE,
)
"""What somebody does at a visit, told without them."""
NOBODY = re.compile(r"\b(?:not|never|no|nobody|if)\b", re.IGNORECASE)
WHO = rule(
    "passive-with-by",
    WARNING,
    title="Somebody does it, but stands last",
    why="“The clinician moves your arm” is clearer than “your arm is moved by the clinician”.",
    mend="Begin with who does it.",
    source="clinical.md 4.3 (5)",
)
VISIT = rule(
    "passive-visit",
    WARNING,
    title="It does not say who does it",
    why="Before a visit, people want to know who will do what to them.",
    mend="Say “the clinician gives”, “we clean”, “you take”.",
    source="clinical.md 4.3 (5)",
)
MUCH = rule(
    "much-passive",
    WARNING,
    title="Many passive sentences",
    why="Without a doer, readers cannot tell what they do themselves and what somebody does for them.",
    mend="Say who does it: you, the clinician, the clinic, the people in the study.",
    source="clinical.md 4.3 (5)",
)
JUDGED = frozenset({"p", "li", "definition"})


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find passive sentences with the doer at their end or with none at a visit, and pages with many of any kind."""
    judged = [each for each in reading.body if each.kind in JUDGED]
    about_a_visit = reading.kind == "condition" or reading.path.startswith("treatment/")
    passive = 0
    for sentence in judged:
        match = PASSIVE.search(sentence.text)
        passive += match is not None
        if match and BY.match(sentence.text[match.end() :]) and not FIXED.search(sentence.text):
            yield found(WHO, sentence.line, sentence.text)
        elif about_a_visit and TO_YOU.search(sentence.text) and not NOBODY.search(sentence.text):
            yield found(VISIT, sentence.line, sentence.text)
    if len(judged) >= FEWEST and passive > MOST_SHARE * len(judged):
        detail = f"{passive} of {len(judged)} sentences"
        yield found(MUCH, reading.line_of("title"), reading.front.title, detail=detail)
