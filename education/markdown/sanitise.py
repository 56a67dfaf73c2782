"""The second wall: whatever the renderer made, only these tags, classes and addresses leave it."""

import re
from collections.abc import Mapping

import nh3

OK = (
    '<svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true" focusable="false">'
    '<circle cx="13" cy="13" r="12" fill="var(--ok)"/>'
    '<path d="M7 13.5l4 4 8-9" fill="none" stroke="var(--card)" stroke-width="3" stroke-linecap="round" '
    'stroke-linejoin="round"/></svg>'
)
NO = (
    '<svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true" focusable="false">'
    '<rect x="1" y="1" width="24" height="24" rx="4" fill="var(--danger)"/>'
    '<path d="M8 8l10 10M18 8L8 18" stroke="var(--card)" stroke-width="3" '
    'stroke-linecap="round"/></svg>'
)
BENEFIT, BENEFIT_END = "<!--benefit-->", "<!--/benefit-->"
"""Stand around the statements that fold when nobody checked a page for long; only we can write them."""
ICONS = {"ok": OK, "no": NO, "benefit": BENEFIT, "benefit:end": BENEFIT_END}
PLACE = re.compile("\ue000([a-z:0-9-]+)\ue001")

TEXT = {"p", "em", "strong", "code", "pre", "blockquote", "br", "hr", "sup", "sub", "cite", "span", "div", "section"}
LISTS = {"ul", "ol", "li", "dl", "dt", "dd"}
TABLES = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
TAGS = TEXT | LISTS | TABLES | {"h2", "h3", "h4", "h5", "h6", "a", "figure", "figcaption", "img"}
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),  # not even title
    **{heading: {"id"} for heading in ("h2", "h3", "h4", "h5", "h6", "dt", "caption", "figcaption")},
    "a": {"href", "id", "aria-label"},
    "section": {"aria-labelledby", "aria-label"},
    "div": {"role", "tabindex", "aria-labelledby"},
    "ol": {"role", "start"},
    "li": {"id", "aria-current"},
    "th": {"scope"},
    "img": {"src", "alt", "width", "height"},
}
CLASSES = {
    "section": {"care", "now", "soon", "plan", "glance", "note", "flow", "footnotes"},
    "div": {"evid", "flow", "table"},
    "ol": {"course", "scale", "footnotes-list"},
    "ul": {"ticks", "checks"},
    "li": {"now", "footnote-item"},
    "dl": {"words"},
    "p": {"gap", "small"},
    "a": {"term", "footnote-back", "tel"},
    "sup": {"cite", "footnote-ref"},
    "span": {"vh"},
    "figure": {"fig", "shown"},
    "th": {"ta-right", "ta-center"},
    "td": {"ta-right", "ta-center"},
}
FIXED = {
    ("div", "role"): "region",
    ("div", "tabindex"): "0",
    ("ol", "role"): "list",
    ("th", "scope"): "col",
    ("li", "aria-current"): "true",
}


def clean(html: str, drawings: Mapping[str, str]) -> str:
    """Return only what we allow, with our drawings and icons put in their places."""
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
        attribute_filter=_attribute,
        url_schemes={"https", "mailto", "tel", "sms"},
        link_rel=None,
    )
    return PLACE.sub(lambda match: _picture(match[1], drawings), safe.replace(' class=""', ""))


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value, or None to drop it."""
    if (tag, name) in FIXED and value != FIXED[tag, name]:
        return None
    if tag == "img" and name == "src" and not value.startswith(("/media/", "/static/")):
        return None
    return value


def _picture(name: str, drawings: Mapping[str, str]) -> str:
    if name.startswith("show:"):
        return f"<!--{name}-->"
    return ICONS.get(name) or drawings.get(name.removeprefix("drawing:"), "")
