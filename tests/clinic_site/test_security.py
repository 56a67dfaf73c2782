"""Every answer carries the policy that shuts out inline code and third parties."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/healthz", "/no-such-page/", "/staff/login/", "/consultation/"])
def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("place", ["education/page/?state=", "education/page/?path=", "education/picture/?q="])
def test_a_text_that_no_database_holds_is_not_looked_for(admin_client: Client, place: str) -> None:
    """PostgreSQL fails on it, SQLite does not."""
    answer = admin_client.get(f"/staff/{place}a%00b")
    assert answer.status_code == 400
    assert "could not read" in answer.content.decode()


def test_a_form_that_cannot_be_read_is_refused_in_words() -> None:
    """Django's own answer reads the form once more, so that it failed altogether."""
    kind = "application/x-www-form-urlencoded; charset=utf-16"
    answer = Client(enforce_csrf_checks=True).post("/consultation/name/", "name=x", content_type=kind)
    assert answer.status_code == 400
    assert "could not read" in answer.content.decode()
