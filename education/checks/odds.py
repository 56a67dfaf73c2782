"""Honest numbers: the same denominator all over a page, no "up to", no "1 in x", no relative risk alone.

PEMAT item 7 and CDC item 17 ask for numbers that need no sums; IPDAS asks for event rates with one denominator.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from education.checks.figures import NUMBER, ON_SCREEN, UNITS, Share, Unit, shares, units
from education.checks.finding import ERROR, Finding, found, rule
from education.checks.negation import denied
from education.checks.numbers import THRESHOLD
from education.checks.parts import Reading, Sentence

DENOMINATOR = rule(
    "one-denominator",
    ERROR,
    title="Two denominators on one page",
    why="Nobody can compare 12 out of 20 with 46 out of 100 without doing sums.",
    mend="Write every share of people on this page out of the same number, best out of 100.",
    source="clinical.md 4.3 item 7, 4.4 item 17, 4.6",
)
UP_TO = rule(
    "up-to",
    ERROR,
    title="“Up to” before a result",
    why="“Up to” tells the best case and hides the rest.",
    mend="Give the result of each group, with its time and its source, or leave the number out.",
    source="clinical.md 4.1, claim C28",
)
ONE_IN = rule(
    "one-in",
    ERROR,
    title="“1 in x”",
    why="Many people take 1 in 200 for more than 1 in 20, because the number is larger.",
    mend="Write it out of 100, or out of 10,000 where it is rare.",
    source="clinical.md 4.4 item 15, 4.6",
)
RELATIVE = rule(
    "relative-risk",
    ERROR,
    title="A relative number alone",
    why="“Twice as likely” may mean 2 instead of 1, or 80 instead of 40; alone it makes small effects look large.",
    mend="Give both groups out of the same number, with the time.",
    source="clinical.md 4.4 items 15–20, 4.6",
)
UP_TO_WORDS = re.compile(
    rf"\bup to (?:about )?(?:{NUMBER} ?(?:%|per ?cent\b|(?:in|out of|of) (?:every )?(?:the )?{NUMBER}|times\b|points?\b"
    rf"|(?:people|patients)\b)|half\b|two thirds\b|three quarters\b|a third\b|most\b)"
)
ONE_IN_WORDS = re.compile(rf"\b(?:1|one) in (?:every |each )?{NUMBER}\b(?! ?{UNITS}\b)")
RISK = r"(?:likely|risks?|chances?|odds|often|many|common|effective|better)"
RELATIVE_WORDS = re.compile(
    rf"\b(?:twice|double|triple|half|{NUMBER} times|\d+[- ]fold|many times) (?:as |the |more |less |fewer )+{RISK}\b"
    r"|\b(?:doubl|tripl|halv)(?:e|es|ed|ing) (?:the |your |their )?(?:risks?|chances?|odds|rates?|number)\b"
    r"|\d ?(?:%|per ?cent) (?:fewer|less|lower|more|higher|better|greater|reduction|drop|increase|improvement|relief)\b"
    rf"|\bby (?:about |over |around )?(?:\d{{1,3}} ?(?:%|per ?cent\b)|(?:half|two thirds|a third)\b)(?! or (?:more"
    rf"|less))"
    r"|\b(?:relative risk|risk ratio|odds ratio|hazard ratio)\b"
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find numbers that mislead, one finding for each way in a sentence."""
    told: list[tuple[Sentence, Share]] = []
    for unit in units(reading):
        for sentence, text in unit.sentences:
            told += [(sentence, share) for share in shares(text)]
            for match in UP_TO_WORDS.finditer(text) if "up to" in text and not ON_SCREEN.search(text) else ():
                yield found(UP_TO, sentence.line, sentence.text, detail=match[0])
            for match in ONE_IN_WORDS.finditer(text) if " in " in text else ():
                yield found(ONE_IN, sentence.line, sentence.text, detail=match[0])
        yield from _relative(unit)
    yield from _denominators(told)


def _relative(unit: Unit) -> Iterator[Finding]:
    """Find relative numbers in words that do not also give both groups."""
    for sentence, text in unit.sentences:
        for match in RELATIVE_WORDS.finditer(text):
            rule_to_stop = THRESHOLD.search(re.sub(r"\d+ ?$", "", text[max(0, match.start() - 80) : match.start()]))
            if not rule_to_stop and not denied(text, *match.span()) and not both_groups(unit):
                yield found(RELATIVE, sentence.line, sentence.text, detail=match[0])
                break


def both_groups(unit: Unit) -> bool:
    """Say whether words give two counts or more out of one number."""
    counts = Counter[int]()
    for share in shares(unit.text):
        counts[share.whole] += len(share.parts)
    return any(count >= 2 for count in counts.values())


def _denominators(told: list[tuple[Sentence, Share]]) -> Iterator[Finding]:
    """Find the shares out of another number than most; how rare a harm is ("fewer than") may have its own."""
    usual = Counter(share.whole for _sentence, share in told if not share.bound).most_common(1)
    for sentence, share in told if usual else ():
        if share.whole != usual[0][0] and not share.bound:
            detail = f"out of {share.whole:,}; elsewhere on this page out of {usual[0][0]:,}"
            yield found(DENOMINATOR, sentence.line, sentence.text, detail=detail)
