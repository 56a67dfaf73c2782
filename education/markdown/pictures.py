"""Pictures in a text: `![what it shows](picture:name)`, alone in its paragraph a figure, else within the words."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it.token import Token

from education.facts import fill
from education.markdown.work import PUT, Work, line_of, raw, text_of
from education.pictures import FORMATS, Shown

SCHEME = "picture:"
DECORATIVE = "decorative"
COLUMN = 640
"""How wide the text's column gets, in CSS pixels (layout.css: 40rem)."""


def shape_pictures(tokens: Sequence[Token], work: Work) -> list[Token]:
    """Return the tokens with a place for each picture; what is wrong with one is noted, and its words stand instead."""
    out: list[Token] = []
    lazy = False  # what the first screen may show is loaded at once
    skip = 0
    for at, token in enumerate(tokens):
        lazy = lazy or token.type == "heading_open"
        if skip:
            skip -= 1
        elif image := _alone(tokens[at : at + 3]):
            figure = _put(image, line_of(tokens[at + 1]), work, lazy=lazy, figure=True)
            out += [raw(f"{figure}\n", token)] if figure else tokens[at : at + 3]
            skip = 2
        else:
            if token.type == "inline":
                _within(token, work, lazy=lazy)
            out.append(token)
    return out


def _alone(tokens: Sequence[Token]) -> Token | None:
    """Return the picture that a paragraph holds and nothing else."""
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"] or tokens[0].hidden:
        return None
    children = [child for child in tokens[1].children or () if child.type != "text" or child.content.strip()]
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def _within(inline: Token, work: Work, *, lazy: bool) -> None:
    line = line_of(inline)
    for child in inline.children or ():
        if child.type in {"softbreak", "hardbreak"}:
            line += 1
        elif child.type == "image":
            place = _put(child, line, work, lazy=lazy, figure=False)
            if place:
                child.type, child.content = "html_inline", place


def _put(image: Token, line: int, work: Work, *, lazy: bool, figure: bool) -> str:
    """Keep the picture's HTML for after the sanitiser and return the mark of its place; turn it to words if it cannot
    be shown."""
    alt = _alt(image, line, work)
    shown = _known(image, line, work)
    if shown is None:
        image.type, image.content, image.children = "text", alt, None
        return ""
    name = f"{SCHEME}{len(work.pictures) + 1}"
    work.pictures[name] = _figure(shown, alt, lazy=lazy) if figure else _inline(shown, alt, lazy=lazy)
    return PUT.format(name)


def _alt(image: Token, line: int, work: Work) -> str:
    """Return the words for those who cannot see the picture, noting when it is not said that there need be none."""
    alt = fill(text_of(image), work.context.facts)[0]
    title = str(image.attrs.get("title", ""))
    if title and title != DECORATIVE:
        work.fault(line, f'after a picture\'s name only "{DECORATIVE}" may stand; other words go between the [ ].')
    elif title and alt:
        work.fault(line, "this picture has words and is marked as decoration; choose one of both.")
    elif not title and not alt:
        work.fault(
            line,
            "this picture has no words for people who cannot see it: say what the picture shows, "
            f'![what it shows](picture:name), or mark it decorative, ![](picture:name "{DECORATIVE}").',
        )
    return alt


def _known(image: Token, line: int, work: Work) -> Shown | None:
    """Return the picture if pages may show it."""
    address = str(image.attrs.get("src", ""))
    if not address.startswith(SCHEME):
        work.fault(line, "pictures must be our own: upload it, then write ![what it shows](picture:name).")
        return None
    name = address.removeprefix(SCHEME)
    shown = work.context.pictures.get(name)
    if shown is None:
        work.fault(
            line, f"there is no picture called {name[:60]!r}; upload it first, or look for its name in Pictures."
        )
        return None
    if not shown.credit:
        work.fault(line, f"the picture {name} has no credit yet: say in Pictures who made it.")
    if not shown.consent:
        work.fault(
            line, f"the picture {name} is not shown yet: say in Pictures whether people in it agreed to be seen."
        )
        return None
    return shown


def _figure(shown: Shown, alt: str, *, lazy: bool) -> str:
    credit = f"<figcaption>{_credit(shown)}</figcaption>" if shown.credit else ""
    return f'<figure class="fig wide">{_picture(shown, alt, lazy=lazy)}{credit}</figure>'


def _inline(shown: Shown, alt: str, *, lazy: bool) -> str:
    credit = f' <small class="credit">({_credit(shown)})</small>' if shown.credit else ""
    return _picture(shown, alt, lazy=lazy) + credit


def _credit(shown: Shown) -> str:
    return escape(_("Picture: %(credit)s") % {"credit": shown.credit})


def _picture(shown: Shown, alt: str, *, lazy: bool) -> str:
    """Return the picture in every format and width, with its size, so that nothing jumps when it arrives."""
    widest = min(shown.width, COLUMN)
    sizes = f"(min-width: {widest + 32}px) {widest}px, calc(100vw - 2rem)"
    *modern, last = FORMATS
    sources = "".join(
        f'<source type="{FORMATS[ending]}" srcset="{shown.srcset(ending)}" sizes="{sizes}">' for ending in modern
    )
    loading = ' loading="lazy" decoding="async"' if lazy else ""
    return (
        f'<picture>{sources}<img src="{shown.url(shown.width, last)}" srcset="{shown.srcset(last)}" sizes="{sizes}" '
        f'width="{shown.width}" height="{shown.height}" alt="{escape(alt)}"{loading}></picture>'
    )
