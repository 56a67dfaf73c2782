"""A “not” of the source that the translation may have lost: counted paragraph by paragraph, where they correspond."""

from collections.abc import Iterator, Sequence

from education.checks.agreement_rules import DENIALS
from education.checks.finding import Finding, found
from education.checks.parts import Section, Sentence
from education.checks.vocabulary import OF_ENGLISH, vocabulary


def lost_denials(ours: Section, theirs: Section, language: str) -> Iterator[Finding]:
    """Find the parts of a section in which the source denies something and the translation nothing."""
    known = vocabulary(language)
    if known is None:
        return
    for mine, wanted in _pairs(_parts(ours), _parts(theirs)):
        denied = next((each for each in wanted if OF_ENGLISH.denies.search(each.lower)), None)
        if denied and not any(known.denies.search(each.lower) for each in mine):
            yield found(DENIALS, mine[0].line, mine[0].text, detail=denied.text)


def _parts(section: Section) -> list[list[Sentence]]:
    """Return the sentences of a section by the paragraph, item, cell or key in which they stand."""
    parts: dict[object, list[Sentence]] = {}
    for sentence in section.sentences:
        if sentence.key != "changes":
            parts.setdefault(sentence.paragraph, []).append(sentence)
    return list(parts.values())


def _pairs(
    ours: Sequence[list[Sentence]], theirs: Sequence[list[Sentence]]
) -> Iterator[tuple[list[Sentence], list[Sentence]]]:
    """Yield what corresponds: paragraph by paragraph if there are as many, else the whole section."""
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)
    elif ours and theirs:
        yield [each for part in ours for each in part], [each for part in theirs for each in part]
