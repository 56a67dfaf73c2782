"""The scale of a condition page: how sure we are, in five steps and in words."""

from collections.abc import Mapping

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.facts import fill
from education.front import Front

STEPS = (
    ("none", gettext_lazy("No direct studies")),
    ("very low", gettext_lazy("Very low")),
    ("low", gettext_lazy("Low")),
    ("moderate", gettext_lazy("Moderate")),
    ("high", gettext_lazy("High")),
)


def scale(front: Front, facts: Mapping[str, str]) -> tuple[str, str]:
    """Return the HTML before and after the words of the block `evidence`."""
    steps = "".join(
        f'<li aria-current="true">{escape(label)}</li>'
        if grade == front.evidence["grade"]
        else f"<li>{escape(label)}</li>"
        for grade, label in STEPS
    )
    question = _("How sure are we that PIT helps %(condition)s?") % {"condition": within_a_sentence(front.title)}
    opening = f'<div class="evid flow"><h3>{escape(question)}</h3><ol class="scale" role="list">{steps}</ol>\n'
    below: list[str] = [escape(fill(front.evidence["studies"], facts)[0])]
    if front.evidence.get("searched"):
        below.append(escape(_("Last searched: %(when)s.") % {"when": front.evidence["searched"]}))
    read = _("The studies we read")
    below.append(f'<a href="#sources">{escape(read)}</a>')
    return opening, f'<p class="small">{" ".join(below)}</p></div>\n'


def within_a_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: small, unless it begins with a person's name."""
    first = title.split()[0] if title else ""
    return title if first.endswith(("’s", "'s")) else title[:1].lower() + title[1:]
