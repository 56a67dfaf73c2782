"""The picture of a shared link: the page's title, readable, in our colours, and nothing of anybody else."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from education.exchange import import_folder
from education.machines import cards
from tests.education.conftest import NOW, Folder, write


def picture(client: Client, url: str) -> Image.Image:
    """Return the card of a page."""
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    return Image.open(io.BytesIO(response.content)).convert("RGB")


@pytest.mark.parametrize("url", ["/card.png", "/conditions/knee/card.png"])
def test_a_published_page_has_a_card_of_the_size_that_it_promises(client: Client, url: str) -> None:
    page = client.get(url.removesuffix("card.png")).content.decode()
    assert f'<meta property="og:image" content="{settings.SITE_URL}{url}">' in page
    width, height = (int(re.search(rf'og:image:{side}" content="(\d+)"', page)[1]) for side in ("width", "height"))  # type: ignore[index]
    assert picture(client, url).size == (width, height)


@pytest.mark.parametrize("url", ["/nothing/card.png", "/conditions/knee/more/card.png", "/a%00b/card.png"])
def test_other_addresses_have_none(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


def test_other_sites_may_show_the_card_and_keep_it(client: Client) -> None:
    response = client.get("/card.png")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert len(response.content) < 40_000


def test_pages_differ_in_their_cards(client: Client) -> None:
    assert client.get("/conditions/knee/card.png").content != client.get("/conditions/elbow/card.png").content


@pytest.mark.parametrize(
    "title", ["Pain", "A rather long title of a page " * 3, "Unbreakable" * 2, "Dolor de rodilla: ¿qué ayuda?"]
)
def test_no_title_runs_into_the_edges(client: Client, folder: Folder, title: str) -> None:
    folder.put("conditions/elbow", write(f"'{title}'", order=2))
    import_folder(folder.root, at=NOW)
    image = picture(client, "/conditions/elbow/card.png")
    paper = image.getpixel((5, 320))
    for x in (20, image.width - 20):
        assert {image.getpixel((x, y)) for y in range(40, 480)} == {paper}


def test_the_colours_are_those_of_the_site() -> None:
    light = Path(settings.BASE_DIR, "static/css/tokens.css").read_text().partition("@media")[0]
    for token, colour in {
        "paper": cards.PAPER, "ink": cards.INK, "ink-2": cards.SOFT_INK, "strip": cards.PINE, "nerve": cards.NERVE,
    }.items():  # fmt: skip
        assert f"--{token}: {colour};" in light
