"""A page is easy to read: grades by the NHS method, with a goal to aim at and a limit that nothing may cross."""

from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule
from education.checks.reading import Reading
from education.checks.scores import EXEMPT_KINDS, Scores, is_adjusted, scores

FEWEST_WORDS = 100
"""On less text the grades mean nothing."""
WHY = "More than four in ten adults struggle with health texts; pain and worry make reading harder still."
MEND = "Split long sentences at “and”, “which” or a comma, and choose short, everyday words."
HARD = rule("hard-to-read", ERROR, title="Too hard to read", why=WHY, mend=MEND, source="clinical.md 5")
HARDER = rule("harder-than-the-goal", WARNING, title="Harder than the goal", why=WHY, mend=MEND, source="clinical.md 5")
GOALS = {"grade": (6.5, 8.0), "smog": (9.5, 11.0), "long_share": (10.0, 13.0), "words_a_sentence": (13.0, 20.0)}
"""Goal and limit; the reading ease counts the other way."""
EASE = (65.0, 60.0)
NAMES = {
    "grade": "grade (FK) {:.1f}",
    "smog": "SMOG {:.1f}",
    "long_share": "long words {:.1f} %",
    "words_a_sentence": "{:.1f} words a sentence",
}


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find scores beyond the goal or the limit."""
    raw, adjusted = scores(reading)
    judged = adjusted if is_adjusted(reading) else raw
    if reading.kind in EXEMPT_KINDS or raw.words < FEWEST_WORDS:
        return
    too_hard, hard = _beyond(judged, 1), _beyond(judged, 0)
    if too_hard:
        yield found(HARD, reading.line_of("title"), reading.front.title, detail="; ".join(too_hard))
    elif hard:
        yield found(HARDER, reading.line_of("title"), reading.front.title, detail="; ".join(hard))


def _beyond(judged: Scores, which: int) -> list[str]:
    """Say which scores are beyond the goal (0) or the limit (1)."""
    told = [
        f"{NAMES[name].format(value)}, at most {ends[which]:g}"
        for name, ends in GOALS.items()
        if (value := getattr(judged, name)) > ends[which]
    ]
    if judged.ease < EASE[which]:
        told.append(f"reading ease {judged.ease:.0f}, at least {EASE[which]:g}")
    return told
