"""What stands in `deploy/` fits the site."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from clinic_site.serving import READ_SECONDS
from clinic_site.supervisor import STOP_SECONDS

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


def test_systemd_waits_as_long_as_gunicorn_may_need_to_stop() -> None:
    deploy = Path(settings.BASE_DIR, "deploy")
    grace = int(re.findall(r"^graceful_timeout = (\d+)", (deploy / "gunicorn.conf.py").read_text(), re.MULTILINE)[0])
    patience = int(re.findall(r"^TimeoutStopSec=(\d+)", (deploy / "clinic-web.service").read_text(), re.MULTILINE)[0])
    assert READ_SECONDS + settings.DATABASES["default"]["OPTIONS"]["timeout"] < grace < STOP_SECONDS < patience
    assert patience > 2 * grace  # a reload may have begun just before
