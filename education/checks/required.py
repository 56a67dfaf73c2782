"""What a page of its kind must have: urgent help, usual care before PIT, what is not known, what you can do.

Headings are known by a few plain words, so that an author may word them ("What usually helps", "Usual care first").
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from education.checks.finding import ERROR, Finding, found, rule
from education.checks.parts import Reading
from education.checks.vocabulary import Patterns, vocabulary

MISSING = rule(
    "missing-section",
    ERROR,
    title="A part that such a page must have",
    why="Readers need the same parts on each such page: when to get help, usual care, what is not known, what to do.",
    mend="Add the part; its heading may be worded in your own way.",
    source="clinical.md 4.1 check 6, 4.2 (DISCERN 4, 7–15), 4.4 items 11, 12, 14 and 19, section 7",
)
USUAL_FIRST = rule(
    "usual-care-first",
    ERROR,
    title="Usual care comes after PIT",
    why="A page that tells of PIT first invites people to put off care that is known to help.",
    mend="Move the part on usual care above the part on PIT.",
    source="clinical.md 4.1 (CAP 12.2), check 6",
)
MEDICINES = rule(
    "keep-medicines",
    ERROR,
    title="Nothing about keeping on with medicines",
    why="People stop medicines they need when they hope for something else; that can harm them.",
    mend="Say it plainly: Do not stop any of your medicines.",
    source="clinical.md 4.1 (CAP 12.2), check 6",
)
ENGLISH = {
    "usual": re.compile(r"\busual|\bhelps? first|\bfirst choice|\bother care"),
    "pit": re.compile(r"\bpit\b|\bperineural"),
    "unknown": re.compile(r"\bnot known|\b(?:not|do not|nobody|no one|does not) knows?\b|\bunknown|\bopen questions"),
    "ask": re.compile(r"\bquestions?\b|\bask\b"),
    "do": re.compile(r"\byou can do|\bwhat to do|\bnext steps?"),
    "keep": re.compile(
        r"\b(?:do not|don’t|never|not)\b[^.;]{0,30}\b(?:stop|change)\b[^.;]{0,60}\bmedicines?\b"
        r"|\bkeep taking\b[^.;]{0,40}\bmedicine"
    ),
    "others": re.compile(r"\b(?:wait|waiting)\b"),
    "risks": re.compile(r"\b(?:risks?|(?:unwanted|side) effects?|harms?)\b"),
    "usual_care": re.compile(r"\busual care\b|\bother (?:care|choices|treatments)\b"),
}
Part = tuple[str, Callable[[Reading], object]]


def how_to_say(reading: Reading) -> Patterns:
    """Return how the language of a page words what it must have."""
    known = vocabulary(reading.page.language)
    return ENGLISH if reading.page.language == "en" else known.required if known else {}


def _heading(name: str) -> Callable[[Reading], object]:
    return lambda reading: any(how_to_say(reading)[name].search(heading.text.lower()) for heading in reading.headings)


def _block(*names: str) -> Callable[[Reading], object]:
    return lambda reading: any(block.name in names for block in reading.blocks)


def _said(name: str) -> Callable[[Reading], object]:
    return lambda reading: any(how_to_say(reading)[name].search(sentence.lower) for sentence in reading.body)


def _do(reading: Reading) -> object:
    return _block("do")(reading) or _heading("do")(reading)


HELP: Part = ("when to get urgent help (a block emergency or urgent)", _block("emergency", "urgent"))
CAN_DO: Part = ("what you can do (a block do)", _do)
NOT_KNOWN: Part = ("what is not known (a heading)", _heading("unknown"))
CONDITION: tuple[Part, ...] = (
    HELP,
    ("usual care (a heading, like “What usually helps”)", _heading("usual")),
    ("what PIT is for this problem (a heading)", _heading("pit")),
    ("what the research says (the block evidence)", _block("evidence")),
    NOT_KNOWN,
    ("what may go wrong (its risks, named as such)", _said("risks")),
    ("the choice to wait", _said("others")),
    ("questions to ask (a heading)", _heading("ask")),
    CAN_DO,
    ("sources (a citation)", lambda reading: any(sentence.citations for sentence in reading.body)),
    ("where to read more (the key related)", lambda reading: reading.front.related),
    ("how to ask the clinic (not ask: false)", lambda reading: reading.front.ask is not False),
)
COMPARING: tuple[Part, ...] = (
    ("the choice to wait", _said("others")),
    ("usual care or other choices", _said("usual_care")),
    ("what is not known", _said("unknown")),
)
BY_PATH: dict[str, tuple[Part, ...]] = {
    "treatment/risks": (HELP, CAN_DO, ("what is not known", _said("unknown"))),
    "treatment/after-your-visit": (HELP,),
    "treatment/what-pit-is": (CAN_DO,),
    "treatment/how-it-might-work": (CAN_DO, ("what is not known", _said("unknown"))),
    "treatment/your-visit": (CAN_DO, ("the choice to wait", _said("others"))),
    "evidence": (NOT_KNOWN,),
}
BY_KIND: dict[str, tuple[Part, ...]] = {"condition": CONDITION, "urgent": (("emergency signs", _block("emergency")),)}


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find the parts that a page of this kind or place lacks, and usual care that comes too late."""
    if not how_to_say(reading):
        return
    parts = (*BY_KIND.get(reading.kind, ()), *BY_PATH.get(reading.path, ()))
    if re.search(r"(?:^|/)(?:compare|decide)", reading.path):
        parts += COMPARING
    for name, there in parts:
        if not there(reading):
            yield found(MISSING, reading.page.body_line, detail=name)
    if reading.kind == "condition":
        yield from _order(reading)
        if not _said("keep")(reading):
            yield found(MEDICINES, reading.page.body_line)


def _order(reading: Reading) -> Iterator[Finding]:
    words = how_to_say(reading)
    usual = next((heading.line for heading in reading.headings if words["usual"].search(heading.text.lower())), None)
    pit = next((heading for heading in reading.headings if words["pit"].search(heading.text.lower())), None)
    if usual and pit and pit.line < usual:
        yield found(USUAL_FIRST, pit.line, pit.text)
