"""Addresses of the pages: home, and every path that a file or the admin gave a page. The last of all."""

from django.urls import include, path

from education import record, review_link, views

app_name = "education"

# /review/<token>/
review = [
    path("", review_link.read, name="review"),
    path("answer/", review_link.respond, name="review_answer"),
]

urlpatterns = [
    path("review/<str:token>/", include(review)),
    path("", views.page, name="home"),
    path("index.md", record.markdown),
    path("changes/", record.what_changed),
    path("<path:path>/index.md", record.markdown, name="markdown"),
    path("<path:path>/changes/", record.what_changed, name="changes"),
    path("<path:path>/", views.page, name="page"),
]
