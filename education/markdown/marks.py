"""Marks of other Markdowns, of Word and of merges, as pages hold them; each with what to write instead."""

import re

Mark = tuple[re.Pattern[str], str]


def _marks(*told: tuple[str, str]) -> tuple[Mark, ...]:
    return tuple((re.compile(pattern), mend) for pattern, mend in told)


ANYWHERE = _marks(
    (r"\[@[^\]]*\]?", "this citation cannot be read; write [@key] or [@key1; @key2]."),
    (r"\[\^[^\]]*\]?:?", "this footnote mark has no note; add a line like [^1]: words of the note."),
    (r"\[\[.*?(?:\]\]|$)", "[[ ]] is not used here; link with [words](/address/)."),
    (r"\[![A-Za-z]+\]", "this kind of box is not known; write ::: note and its heading."),
    (r"^\[[ xX]?\](?=\s|$)", "boxes to tick are a block of their own; write ::: checklist."),
    (
        r"!?\[[^\[\]]*\]\s*\([^()\n]*\)?|\]\(",
        "this link cannot be read; write [words](/address/) without spaces in the address.",
    ),
    (r"[\[\]]", "square brackets are printed as they stand; take them out, or write [words](/address/)."),
    (r":::", "::: must stand at the very beginning of its line."),
    (
        r"<!--.*|-->|</?[^\W\d_][^<>\n]{0,200}>?|<[!?%][^<>\n]{0,200}>?|%>|\?>",
        "HTML is not used here and would be printed as it stands.",
    ),
    (
        r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]{1,20});"
        r"|&(?:nbsp|amp|lt|gt|quot|apos|shy|[nm]dash|[lr][sd]quo|hellip|[aeioun]acute|ntilde)\b",
        "this code stands for a letter and would be printed as it stands; type the letter itself.",
    ),
    (r"~~.*?(?:~~|$)|~[^\s~][^~]*~", "struck-out words are printed like all others; take them out."),
    (r"={2,}", "= signs are printed as they stand; a heading begins with ##, and important words are **bold**."),
    (r"\+{2,}", "+ signs are printed as they stand; take them out."),
    (r"(?<!-)--(?!-)|-{4,}", "write a dash as –; two or more - are printed as they stand."),
    (r"\$\$|\$[A-Za-z\\][^$\n]{0,200}\$", "formulas are not known here; say it in words."),
    (r"\^[^\s^]{1,40}\^|\w\^[\w({]", "raised letters are not known here; say it in words."),
    (r"\*+", "* is printed as it stands; write **bold** or *slanted* with no blank inside the stars."),
    (r"__|(?<!\w)_|_(?!\w)", "_ is printed as it stands; write **bold** or *slanted*."),
    (r"`+", "` is printed as it stands; take it out."),
    (r"\\+", "a \\ is printed as it stands; take it out."),
    (r"(?<!\S):[a-z][a-z0-9_+-]*:(?!\S)", "this code for a picture is printed as it stands; take it out."),
    (
        r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|[{}]",
        "braces are printed as they stand; only facts like {clinic} have them.",
    ),
    (
        r"\ufffd|[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|Ã[\u0080-\u00bf]|Â[\u00a1-\u00bf]|â€|ï»¿",
        "letters were lost here, saved in another encoding; type them again.",
    ),
    (
        r"\b(?:TODO|TBD|TBC|FIXME|X{4,}|[Ll]orem ipsum|INSERT [A-Z]+)\b|\?{3,}|_{3,}|\.{4,}",
        "something is still to be filled in here.",
    ),
)
"""What stands nowhere in the words of a page, the narrow before the wide, and what to do about it."""
NOT_IN_CELLS = _marks(
    (
        r"\|",
        "this table cannot be read: its second line has one --- for each heading, like |---|---|, and no line is left.",
    )
)
NOT_IN_LINKS = _marks((r"https?://\S*|\bwww\.\S*", "an address alone is no link; write [words](https://…)."))
BULLET = "each line of a list begins with - and a blank, as in: - words."
BEGINNINGS = _marks(
    (r"^[#＃]+", "a heading begins with ##, a blank, then its words, on a line of its own."),
    (r"^[•·●▪▫◦‣⁃∙○■□➢➤►✓✔✗✘☐☑☒\uf000-\uf0ff]", BULLET),
    (r"^[-+] |^[-+](?=[^\W\d_])", BULLET),
    (r"^: ", "a line that begins with : explains the line right above it; write that line."),
    (r"^(?:!!!|\?\?\?|%%)", "this kind of box is not known; write ::: note and its heading."),
)
"""With what no line of a paragraph begins."""
COUNTED = re.compile(r"^(?:[–—] |\(?[a-hA-H][.)] |\(?[ivx]{1,4}[.)] |\(?\d{1,2}[.)](?= |[^\W\d_])|\(?\d{1,2}\) )")
"""With what two lines of a paragraph, or a first one, begin only if a list was meant."""
