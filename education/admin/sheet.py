"""The cheat sheet of the editor, and what its pickers offer: sources, words of the glossary, pages."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from education.revisions import site_context


@dataclass(frozen=True)
class Snippet:
    """Something to put into the text: before and after the words that are selected, or its own words."""

    name: str | Promise
    before: str
    after: str = ""
    own: str = ""
    told: str = ""


TEACHBACK = "\n: One answer\n: **The right answer.** Why it is right.\n\nQuestion?\n: **Right.** Why.\n: Other\n:::\n"
SHEET = (
    Snippet(_("Heading"), "\n## ", "\n"),
    Snippet(_("Smaller heading"), "\n### ", "\n"),
    Snippet(_("Bold"), "**", "**"),
    Snippet(_("List"), "\n- ", "\n- \n- \n"),
    Snippet(_("Link"), "[", "](/)"),
    Snippet(_("Table"), "\nTable: ", "\n| | One | Other |\n|---|---|---|\n| Row | | |\n", "What the table shows"),
    Snippet(_("Note"), "\n::: note Its heading\n", "\n:::\n"),
    Snippet(_("At a glance"), "\n::: glance\nTerm\n: ", "\n\nTerm\n: \n\nTerm\n: \n:::\n"),
    Snippet(_("Emergency card"), "\n::: emergency Call {emergency_number} now if:\n- ", "\n:::\n"),
    Snippet(_("Urgent card"), "\n::: urgent Get medical help today if:\n- ", "\n:::\n"),
    Snippet(_("See a doctor card"), "\n::: routine See your doctor first if:\n- ", "\n:::\n"),
    Snippet(_("Do"), "\n::: do\n- ", "\n:::\n"),
    Snippet(_("Don’t"), "\n::: dont\n- do not ", "\n:::\n"),
    Snippet(_("Drawing"), "\n::: figure needle-under-skin\n", "\n:::\n"),
    Snippet(_("Steps of a visit"), "\n::: timeline\n1. **Step**\n\n   ", "\n\n2. **Step**\n\n   \n:::\n"),
    Snippet(_("How sure we are"), "\n::: evidence\n", "\n:::\n"),
    Snippet(
        _("What may matter"), "\n::: choices\n", "\n: What fits it.\n\nI want \n: \n:::\n", "I want to avoid needles"
    ),
    Snippet(_("Questions to tick"), "\n::: questions\n- ", "\n:::\n", "What causes my pain?"),
    Snippet(_("Summary"), "\n::: summary\n", "\n:::\n", "Your summary says back what you marked."),
    Snippet(_("Questions at the end"), "\n::: teachback\n", TEACHBACK, "What comes first?"),
    Snippet(_("Common knowledge"), "", " [@common]"),
    Snippet(_("Fact of the clinic"), "", " [@clinic]"),
)


def picks() -> list[tuple[str, str | Promise, list[Snippet]]]:
    """Return what can be picked: name, question and choices of each picker."""
    context = site_context("en")
    sources = [Snippet(key, f"[@{key}]", told=strip_tags(source.html)) for key, source in context.sources.items()]
    words = [
        Snippet(word.term, "[", f"](#{word.id})", word.term.lower(), word.definition)
        for word in sorted(context.words.values(), key=lambda word: word.term.lower())
    ]
    pages = [Snippet(url, "[", f"]({url})") for url in sorted(context.anchors or ())]
    return [
        ("sources", _("Find a source"), sources),
        ("words", _("Find a word of the glossary"), words),
        ("pages", _("Find a page"), pages),
    ]
