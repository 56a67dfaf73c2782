"""The ledger of claims: each statement about PIT once, graded as far as its sources reach, and used by some page."""

from collections.abc import Iterable, Iterator
from datetime import date

from education.checks.finding import ERROR, WARNING, Finding, found, rule, same_words
from education.checks.parts import Reading
from education.library import PageText
from education.markdown.context import Context

GRADE = rule(
    "claim-grade",
    ERROR,
    title="A claim graded higher than its sources",
    why="Without a study of PIT or one near it, nobody can grade what PIT does.",
    mend="Name the sources, or give no grade and the nearness “no study”.",
    source="clinical.md 4.1 (FTC), check 1",
)
UNKNOWN = rule(
    "unknown-claim",
    ERROR,
    title="A claim that the ledger does not have",
    why="Readers who look the statement up would not find what it stands on.",
    mend="Use the id of a claim of the ledger, or add the claim there.",
    source="issue 3, item 8",
)
UNUSED = rule(
    "unused-claim",
    WARNING,
    title="A claim that no page uses",
    why="The ledger lists what this site says; a statement that no page makes does not belong there.",
    mend="Add its id to `uses` of the page that says it, or take it out of the ledger.",
    source="issue 3, item 8",
)
TWICE = rule(
    "claim-twice",
    ERROR,
    title="The same claim twice",
    why="Two entries for one statement drift apart, and then one of them is wrong.",
    mend="Keep one of the two, with one id.",
    source="issue 3, item 8",
)
SAME_MESSAGE = rule(
    "same-message",
    WARNING,
    title="Two pages with the same main message",
    why="Each page has one thing to say; two that say the same leave readers to guess which one to read.",
    mend="Word the message of each page by itself, or make one page of the two.",
    source="clinical.md 4.4 item 1, section 7",
)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find claims of a ledger whose grade, nearness and sources do not fit together."""
    for claim in reading.front.claims:
        graded = claim.get("grade", "none") != "none"
        studied = claim.get("nearness") != "no study"
        if graded and not studied:
            detail = f"{claim.get('id', '')}: a grade without a study"
        elif (graded or studied) and not claim.get("sources"):
            detail = f"{claim.get('id', '')}: studied, but no source"
        else:
            continue
        yield found(GRADE, reading.line_of("claims"), str(claim.get("text", "")), detail=detail)


def between(pages: Iterable[PageText], context: Context) -> Iterator[tuple[PageText, Finding]]:
    """Find claims that are unknown, unused or twice, and pages whose main message is the same."""
    pages = list(pages)
    listed = [(page, claim) for page in pages for claim in page.front.claims]
    used = {name for page in pages for name in page.front.uses}
    yield from _twice(listed)
    yield from _same_message(pages)
    known = {str(claim.get("id")) for _page, claim in listed}
    for page in pages:
        for name in page.front.uses:
            if name not in known:
                yield page, found(UNKNOWN, page.lines.get("uses", 1), name)
    for page, claim in listed:
        if claim.get("id") not in used:
            yield (
                page,
                found(UNUSED, page.lines.get("claims", 1), str(claim.get("text", "")), detail=str(claim.get("id"))),
            )


def _twice(listed: list[tuple[PageText, dict[str, str]]]) -> Iterator[tuple[PageText, Finding]]:
    seen: dict[str, str] = {}
    for page, claim in listed:
        name, words = str(claim.get("id", "")), str(claim.get("text", ""))
        first = seen.get(f"id {name}") or seen.get(same_words(words))
        if first:
            yield page, found(TWICE, page.lines.get("claims", 1), words, detail=f"{name} and {first}")
        seen |= {f"id {name}": name, same_words(words): name}


def _same_message(pages: list[PageText]) -> Iterator[tuple[PageText, Finding]]:
    seen: dict[str, PageText] = {}
    for page in pages:
        words = same_words(page.front.message)
        first = seen.setdefault(f"{page.language} {words}", page)
        if first is not page and words:
            line = page.lines.get("message", 1)
            yield page, found(SAME_MESSAGE, line, page.front.message, detail=f"also on {first.url}")
