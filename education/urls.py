"""Addresses of the pages: home, and every path that a file or the admin gave a page. The last of all."""

from django.urls import path

from education import record, views

app_name = "education"

urlpatterns = [
    path("", views.page, name="home"),
    path("index.md", record.markdown),
    path("changes/", record.what_changed),
    path("<path:path>/index.md", record.markdown, name="markdown"),
    path("<path:path>/changes/", record.what_changed, name="changes"),
    path("<path:path>/", views.page, name="page"),
]
