"""Addresses of the search, in each language of the site."""

from django.conf import settings
from django.urls import path, register_converter

from education.search import views


class OtherLanguage:
    """The first part of an address in a language that is not English."""

    regex = "[a-z]{2}(?:-[a-z]{2,4})?"

    def to_python(self, value: str) -> str:
        """Return the language's code. Raises ValueError, so that a page may stand here, if the site has none such."""
        if value == "en" or value not in dict(settings.LANGUAGES):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """Return the code as it stands in an address."""
        return value


register_converter(OtherLanguage, "other_language")

urlpatterns = [
    path("search/", views.page, name="search"),
    path("search/suggest/", views.suggestions, name="suggest"),
    path("<other_language:language>/search/", views.page, name="search"),
    path("<other_language:language>/search/suggest/", views.suggestions, name="suggest"),
]
