"""Counts the syllables of English words: groups of vowels, silent endings, and a short list of words that differ."""

import re
from functools import lru_cache

LETTERS = re.compile(r"[a-z]+")
GROUP = re.compile(r"[aeiouy]+")
SILENT = re.compile(
    r"(?:[aeiouy][^aeiouy]|[^aeiouylr])[^aeiouylr]e$|[aeiouyr][lr]e$|[aeiouy][^aeiouylr]e$"  # like, else; not little
    r"|(?:[bdfkmnptvw]|[aeiouy][lr]|[rl]l|th)es$"  # times; not needles, uses
    r"|(?:[^aeiouytdl]|[aeiouyl]l)ed$"  # helped, called; not needed, settled
    r"|[gq]ues?$"  # technique
)
SILENT_INSIDE = re.compile(
    r"[^aeiouy]e(?:ly|ful|fully|less|ness|ments?)$"
    r"|^(?:some|there|where|home|life|base|time|fore|note|more|side)(?=[bcdfghjklmnpqrstvwxz][a-z]{3})"
)
ONE_MORE = re.compile(
    r"[^cstgx]ia(?!ge)|[cst]iat|[^cstgxnl]io|[^i][ln]io(?!n)|ysio|[^gq]u[ao]|[^gq]uen|[aeiouy]ing|eo(?!pl|n$|ar)|eoar|[a-z]iu|eum"
    r"|[^ctsx]ien[ct]|iet|ier$|iest$|[aeiou]y[aeou](?!d$)|sms?$|^coo[pr]|oar(?=th)|^sci(?=e)"
)
EXACT = {
    "area": 3, "areas": 3, "idea": 3, "ideas": 3, "nausea": 3, "react": 2, "reacts": 2, "reaction": 3, "reactions": 3,
    "create": 2, "creates": 2, "created": 3, "reassure": 3, "people": 2, "someone": 2, "anyone": 3, "everyone": 3,
    "every": 2, "everything": 3, "everybody": 4, "everywhere": 3, "evening": 2, "business": 2, "hundred": 2, "fluid": 2,
    "fluids": 2, "suicide": 3, "genuine": 3, "argue": 2, "eyes": 1, "eye": 1, "headaches": 2, "headache": 2, "ache": 1,
    "aches": 1, "element": 3, "elements": 3, "supplement": 3, "supplements": 3, "being": 2, "does": 1, "rhythm": 2,
    "diarrhoea": 4, "diarrhea": 4, "ratio": 3, "colleague": 2, "diagnoses": 4, "guideline": 2, "guidelines": 2,
    "safety": 2,
    "elsewhere": 2, "giant": 2, "anticoagulant": 6, "anticoagulants": 6, "achilles": 3, "osteoarthritis": 6,
}  # fmt: skip
"""Words that the rules get wrong."""
NOT = re.compile(r"[sd]n[’']?t$")
LONGEST = 40


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return how many syllables a word has. A number or an abbreviation counts as one sign; parts by a dash add up."""
    if word.isupper() or any(letter.isdigit() for letter in word[:LONGEST]):
        return 1
    word = word[:LONGEST].lower()
    more = 1 if NOT.search(word) else 0
    parts = LETTERS.findall(word.replace("’", "").replace("'", ""))
    return max(1, sum(_count(part) for part in parts) + more)


def _count(part: str) -> int:
    if part in EXACT:
        return EXACT[part]
    count = len(GROUP.findall(part)) + len(ONE_MORE.findall(part))
    count -= len(SILENT.findall(part)) + len(SILENT_INSIDE.findall(part))
    return max(1, count)
