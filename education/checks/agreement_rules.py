"""The rules by which a translation is held against its source."""

from education.checks.finding import ERROR, WARNING, rule

WHY = "Readers of every language must get the same, and no program can tell which of two different pages is right."
SOURCE = "issue 4, item 8"

PLACES = rule(
    "translated-places",
    ERROR,
    title="A heading or word without the id of its source",
    why="Links to this place, and the switch between languages, would lead nowhere.",
    mend="Give each heading the id that it has in the source, in the same order: `content outline` prints them.",
    source=SOURCE,
)
BLOCKS = rule(
    "translated-blocks",
    ERROR,
    title="Other blocks than in the source",
    why="A box that is missing may be the one that says when to get help.",
    mend="Keep the blocks of the source, in their order.",
    source=SOURCE,
)
LISTS = rule(
    "translated-lists",
    ERROR,
    title="A list with more or fewer items than in the source",
    why="An item that is missing may be a sign of danger.",
    mend="Keep each item of the list.",
    source=SOURCE,
)
TABLES = rule(
    "translated-tables",
    ERROR,
    title="A table of another size than in the source",
    why=WHY,
    mend="Keep each row and each column.",
    source=SOURCE,
)
CITATIONS = rule(
    "translated-citations",
    ERROR,
    title="Other sources cited than in the source text",
    why="A statement would stand on another study than the one it was checked against.",
    mend="Keep each citation beside its statement.",
    source=SOURCE,
)
FACTS = rule(
    "translated-facts",
    ERROR,
    title="Other facts of the clinic than in the source text",
    why="A telephone number in braces may be the one that somebody needs now.",
    mend="Keep each fact in braces, as {emergency_number}.",
    source=SOURCE,
)
NUMBERS = rule(
    "translated-numbers",
    ERROR,
    title="Other numbers than in the source text",
    why="One wrong digit is a wrong dose, a wrong risk or a wrong day.",
    mend="Write every number as the source does, in digits where it has digits, and add none.",
    source=SOURCE,
)
NUMBER_WORDS = rule(
    "translated-number-words",
    WARNING,
    title="A number in words that is missing",
    why="“Two” that became “three” looks right to everybody.",
    mend="Say the number that the source says, in words or in digits.",
    source=SOURCE,
)
DENIALS = rule(
    "translated-denials",
    WARNING,
    title="A “not” that may have been lost",
    why="A lost “not” turns a warning into advice.",
    mend="Compare this part with the source: each “not”, “no” and “never” must be there.",
    source=SOURCE,
)
LINKS = rule(
    "translated-links",
    WARNING,
    title="Other links than in the source text",
    why="What is explained or leads on in one language is to do so in all.",
    mend="Keep each link, with the same address.",
    source=SOURCE,
)
FRONT = rule(
    "translated-front",
    ERROR,
    title="A key of the front matter that differs",
    why="Such keys say what a page is and what it claims, which no language changes.",
    mend="Take the value over as it is.",
    source=SOURCE,
)
CHANGES = rule(
    "translated-changes",
    ERROR,
    title="A change that is not told",
    why="Readers would not learn of it, and the site would go on taking it for untranslated.",
    mend="Add the entry to changes, with the same date, kind, act and where, and its reason in your words.",
    source=SOURCE,
)
