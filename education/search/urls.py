"""Addresses of the search."""

from django.urls import path

from education.search import views

urlpatterns = [
    path("search/", views.page, name="search"),
    path("search/suggest/", views.suggestions, name="suggest"),
]
