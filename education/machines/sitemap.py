"""The list of pages for search engines, each with the day of its last change and its other languages."""

from collections import defaultdict
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.utils import timezone

from education.expiry import Currency, currency
from education.models import Page
from education.reviews import calendar


class PageSitemap(Sitemap):
    """Every published page that search engines may show: not those that nobody has checked for long."""

    def get_domain(self, site: Any = None) -> str:
        """Return the host that SITE_URL names, whatever host a request named."""
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return the scheme that SITE_URL names."""
        return urlsplit(settings.SITE_URL).scheme

    def items(self) -> list[Page]:
        """Return the pages in the order of their addresses."""
        today = timezone.localdate()
        pages = [page for page, day, _sign in calendar() if currency(day, today) is not Currency.LONG_OVERDUE]
        return sorted(pages, key=lambda page: (page.language != settings.LANGUAGE_CODE, page.language, page.path))

    def location(self, item: Page) -> str:
        """Return the address of a page."""
        return item.get_absolute_url()

    def lastmod(self, item: Page) -> date:
        """Return the day on which its words last changed."""
        return date.fromisoformat(item.words().front["updated"])

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Return what the sitemap says of each page, with the same page in every language that has it."""
        urls = super().get_urls(page=page, site=site, protocol=protocol)
        same = defaultdict(list)
        for url in urls:
            same[url["item"].path].append({"lang_code": url["item"].language, "location": url["location"]})
        for url in urls:
            languages = same[url["item"].path]
            url["alternates"] = languages if len(languages) > 1 else []
        return urls
