"""Answers that no warning needs any more: their words changed, or the rule that they answer did."""

from collections.abc import Iterable, Iterator

from education.checks.finding import RULES, WARNING, Finding, found, rule, same_words
from education.checks.parts import Reading

RULE = rule(
    "stale-answer",
    WARNING,
    title="An answer to no warning",
    why="An answer that is no longer needed may excuse the next mistake unseen.",
    mend="Take it out of `answers`; an error cannot be answered, only mended.",
    source="issue 3, item 5",
)


def stale(reading: Reading, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Find answers whose rule finds none of their words on this page."""
    warned: dict[str, list[str]] = {}
    for finding in findings:
        if finding.level == WARNING:
            warned.setdefault(finding.rule, []).append(same_words(finding.sentence))
    for answer in reading.front.answers:
        name, words = answer.get("rule", ""), same_words(answer.get("words", ""))
        if not words or not any(words in sentence for sentence in warned.get(name, ())):
            detail = name if name in RULES else f"there is no rule called {name}"
            yield found(RULE, reading.line_of("answers"), answer.get("words", ""), detail=detail)
