"""Every text stands out from every ground it is used on, in both themes, counted from the tokens themselves."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
GROUNDS = ("paper", "card", "mist")
TEXT_PAIRS = [
    *((text, ground) for text in ("ink", "ink-2", "link", "visited", "danger") for ground in GROUNDS),
    *((text, "nerve-soft") for text in ("ink", "ink-2", "link", "visited", "nerve-deep")),
    *((text, "ok-soft") for text in ("ink", "link", "visited", "ok")),
    *((text, "danger-soft") for text in ("ink", "link", "visited", "danger")),
    *((text, "card") for text in ("pine", "info", "ok", "nerve-deep", "urgent", "flare")),
    ("info", "paper"),
    ("ok", "paper"),
    ("urgent", "urgent-soft"),
    ("info", "info-soft"),
    ("flare", "flare-soft"),
    ("on-pine", "pine"),
    ("on-pine", "pine-2"),
    ("on-sun", "sun"),
    ("on-sun", "sun-2"),
    *(("on-dark", ground) for ground in ("strip", "foot", "panel", "care-now", "care-soon", "care-plan", "care-done")),
    *(("art-line", ground) for ground in ("art-skin", "art-fat", "art-flesh", "art-bone", "art-sheet", "art-water")),
    ("ink", "art-ground"),
]
EDGE_PAIRS = [
    *(("edge", ground) for ground in (*GROUNDS, "nerve-soft")),
    *(("focus", ground) for ground in GROUNDS),
    ("focus", "focus-halo"),
    ("pine", "card"),
    ("art-nerve", "art-body"),
    ("art-flare", "art-body"),
    ("sun", "strip"),
]


def declared(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6});", block))


def block_after(start: str) -> str:
    at = TOKENS.index(start) + len(start)
    return TOKENS[at : TOKENS.index("\n}", at)]


LIGHT = declared(block_after("\n:root {"))
DARK_BY_SYSTEM = block_after('@media (prefers-color-scheme: dark) {\n  :root:not([data-theme="light"]) {')
DARK_BY_CHOICE = block_after(':root[data-theme="dark"] {')
THEMES = {"light": LIGHT, "dark": LIGHT | declared(DARK_BY_CHOICE)}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_weak(pairs: list[tuple[str, str]], theme: dict[str, str], least: float) -> dict[tuple[str, str], float]:
    found = {(text, ground): contrast(theme[text], theme[ground]) for text, ground in pairs}
    return {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least}


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_its_ground(theme: str) -> None:
    assert too_weak(TEXT_PAIRS, THEMES[theme], 4.5) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_body_text_and_links_reach_seven(theme: str) -> None:
    pairs = [(text, ground) for text in ("ink", "ink-2", "link", "visited") for ground in GROUNDS]
    assert too_weak(pairs, THEMES[theme], 7) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_every_edge_and_ring_can_be_seen(theme: str) -> None:
    assert too_weak(EDGE_PAIRS, THEMES[theme], 3) == {}


def test_dark_is_the_same_whether_the_system_or_the_reader_chose_it() -> None:
    by_system = re.sub(r"\s+", " ", DARK_BY_SYSTEM.removesuffix("\n  }")).strip()
    assert by_system == re.sub(r"\s+", " ", DARK_BY_CHOICE).strip()


def test_every_colour_that_a_style_names_exists() -> None:
    styles = sorted((Path(settings.BASE_DIR) / "static/css").rglob("*.css"))
    known = set(re.findall(r"--([\w-]+):", "".join(path.read_text() for path in styles)))
    assert {name for path in styles for name in re.findall(r"var\(--([\w-]+)", path.read_text())} - known == set()
