"""What stands in `deploy/` fits the site."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

NGINX = Path(settings.BASE_DIR, "deploy", "nginx.conf").read_text()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_nginx_logs_neither_private_links_nor_searches_in_any_language(language: str) -> None:
    place = re.search(r"location ~ (\S+) \{\s+access_log off;\s+error_log /dev/null", NGINX)
    assert place is not None
    with translation.override(language):
        private = [reverse("booking:request", args=["token"]), reverse("education:review", args=["token"])]
        private.append(reverse("education:search"))
    assert [url for url in private if not re.match(place[1], url)] == []
    assert not re.match(place[1], "/conditions/migraine/")
