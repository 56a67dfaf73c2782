"""Pages that compare say "not known" where nothing is known: no cell of their tables is empty."""

import re
from collections.abc import Iterator
from datetime import date

from education.checks.finding import ERROR, Finding, found, rule
from education.checks.parts import Reading

RULE = rule(
    "empty-cell",
    ERROR,
    title="An empty cell",
    why="An empty cell lets readers think that there is nothing to know, where nobody has looked.",
    mend="Write “Not known” in it, or what is known.",
    source="clinical.md 4.6 (IPDAS)",
)
COMPARES = re.compile(r"(?:^|/)(?:compare|decide|options)|^evidence(?:/|$)|^treatment/risks$")
NOTHING = re.compile(r"^[\s–—\-.?…*]*$|^n/?a$", re.IGNORECASE)


def find(reading: Reading, today: date) -> Iterator[Finding]:
    """Find empty cells, or cells with a dash only, in tables of pages that compare."""
    if reading.kind != "condition" and not COMPARES.search(reading.path):
        return
    for table in reading.tables:
        for line, row in zip(table.row_lines, table.rows, strict=False):
            for cell, head in zip(row, table.head, strict=False):
                if NOTHING.match(cell):
                    yield found(RULE, line, row[0], detail=head)
