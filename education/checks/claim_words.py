"""Words that promise more than anyone knows, and words that harm, read from claim_words.toml."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from education.files import read_text

FILE = Path(__file__).with_suffix(".toml")


class Claim(NamedTuple):
    """A claim: its name, how it is worded, what is true instead, and the honest uses of the same words."""

    name: str
    stems: tuple[str, ...]
    """Letters without one of which the claim cannot be there: they save most of the search."""
    words: re.Pattern[str]
    instead: str
    allow: re.Pattern[str] | None = None
    rule: str = "claim-words"
    """The rule that it breaks."""
    always: bool = False
    """Neither a "not" nor a question excuses it: a typed number is a typed number."""
    sourced: bool = False
    """With its source a sentence may say it."""


def read_claims(text: str) -> tuple[Claim, ...]:
    """Read the list of claims."""
    told = tomllib.loads(text)
    parts = {f"{{{name}}}": words for name, words in told["parts"].items()}

    def pattern(entry: dict[str, Any], key: str) -> re.Pattern[str] | None:
        alternatives = "|".join(entry.get(key, ()))
        for name, words in parts.items():
            alternatives = alternatives.replace(name, words)
        return re.compile(alternatives) if alternatives else None

    return tuple(
        Claim(
            entry["name"],
            tuple(entry["stems"]),
            pattern(entry, "words") or re.compile(r"(?!)"),
            entry["instead"],
            pattern(entry, "allow"),
            entry.get("rule", "claim-words"),
            entry.get("always", False),
            entry.get("sourced", False),
        )
        for entry in told["claims"]
    )


CLAIMS = read_claims(read_text(FILE))
