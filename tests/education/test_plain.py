"""Every page as plain text: for people to read, with what patients see on the page and no mark of any kind."""

from dataclasses import replace
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import Settings

from education.exchange import import_folder
from education.models import Page
from education.plain import plain_text
from tests.education.conftest import NOW, Folder, write

MARKS = ("{", "}", "[@", ":::", "**", "](", "[^", "##", "|--", "---", "<", "&amp;", "&#", "\ue000", "\u00ad")


@pytest.fixture
def _one_drawing() -> None:
    """Leave the drawings as they are: the shipped pages have them all."""


@pytest.mark.django_db
def test_each_shipped_page_reads_as_text_in_both_languages(client: Client, settings: Settings) -> None:
    settings.CLINIC = replace(settings.CLINIC, country=replace(settings.CLINIC.country, emergency_number="911"))
    import_folder(settings.BASE_DIR / "content", at=NOW)
    pages = list(Page.objects.published())
    assert len(pages) >= 88
    faults = []
    for page in pages:
        url = page.get_absolute_url()
        answer = client.get(f"{url}index.txt")
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer["Content-Language"] == page.language
        text, words = answer.content.decode(), page.words()
        faults += [(url, mark) for mark in MARKS if mark in text]
        headings = [
            str(words.front["title"]),
            *(str(entry["text"]) for entry in words.contents if not entry.get("card")),
        ]
        faults += [(url, heading) for heading in headings if unescape(heading) not in text]
        wanted = ["911"] if "{emergency_number}" in words.text else []
        faults += [(url, number) for number in wanted if number not in text]
        told = [number for number in range(1, len(words.front["sources"]) + 1) if f"\n{number}. " not in text]
        faults += [(url, f"source {number}") for number in told]
    assert faults == [], faults


@pytest.mark.django_db
def test_a_link_on_the_page_leads_to_its_text_and_the_old_address_too(client: Client, folder: Folder) -> None:
    import_folder(folder.root, at=NOW)
    assert 'href="/conditions/knee/index.txt"' in client.get("/conditions/knee/").content.decode()
    for old in ("/index.md", "/conditions/knee/index.md"):
        assert client.get(old)["Location"] == f"{old.removesuffix('.md')}.txt"
        assert client.get(old, follow=True).status_code == 200


BODY = """::: emergency Call {emergency_number} now if:
- your *chest* hurts
- you **cannot** breathe
:::

## What helps

Rest [@zzyx-2020]. Read [the risks](/conditions/knee/) or [what others say](https://example.org/more).

1. One.
2. Two.
   - Inner.

Table: Each day
| What | Example |
|---|---|
| Pain | 4 [@other-2021] |

Word
: What it means.
"""


@pytest.mark.django_db
def test_lists_tables_links_and_sources_are_lines_of_words(client: Client, folder: Folder) -> None:
    folder.put("conditions/elbow", write("Elbow pain", BODY, order=2))
    import_folder(folder.root, at=NOW)
    text = client.get("/conditions/elbow/index.txt").content.decode()
    site = settings.SITE_URL
    assert "Emergency: Call your emergency number now if:\n\n- your chest hurts\n- you cannot breathe\n" in text
    assert (
        f"Rest [source 1]. Read the risks ({site}/conditions/knee/) or what others say (https://example.org/more)."
        in text
    )
    assert "\n1. One.\n2. Two.\n   - Inner.\n" in text
    assert "Each day\n\nWhat: Pain; Example: 4 [source 2]\n" in text
    assert "\nWord\n   What it means.\n" in text
    assert text.endswith(f"\n\n{site}/conditions/elbow/\n")
    assert "\n1. Zzyx T and others (2020) A trial of zzyx." in text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<p>Call <a href="tel:+14165550123">416 555 0123</a>.</p>', "Call 416 555 0123 (+14165550123).\n"),
        ('<p><a href="tel:911">911</a></p>', "911\n"),
        ('<p><a href="mailto:desk@example.org">Write</a></p>', "Write (desk@example.org)\n"),
        ('<p><a href="#sources">Sources</a></p>', "Sources\n"),
        ('<p>zyg\u00adomatic<br>arch</p><img src="/media/a.png" alt="A knee">', "zygomatic\narch\n\nPicture: A knee\n"),
        ("<p>a &lt;b&gt; &amp; c</p><script>x</script><p hidden>no</p>", "a <b> & c\n"),
        ("<ul><li>a<li>b</ul><p>c", "- a\n- b\n\nc\n"),
    ],
)
def test_pieces_of_a_page(html: str, text: str) -> None:
    assert plain_text(html, site_url="https://example.org") == text
