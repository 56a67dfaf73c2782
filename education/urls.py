"""Addresses of the pages: home, and every path that a file or the admin gave a page. The last of all."""

from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from education import feedback, offline, record, review_link, since, views
from education.machines import cards, feed
from education.machines.sitemap import PageSitemap
from education.press import finished

app_name = "education"

# /review/<token>/
review = [
    path("", review_link.read, name="review"),
    path("answer/", review_link.respond, name="review_answer"),
]

# /feedback/
helpful = [
    path("", feedback.vote, name="feedback"),
    path("<int:revision_id>/", feedback.why, name="why"),
    path("<int:revision_id>/thanks/", feedback.thanks, name="thanks"),
]

urlpatterns = [
    path("feedback/", include(helpful)),
    path("review/<str:token>/", include(review)),
    path("sitemap.xml", finished(sitemap), {"sitemaps": {"pages": PageSitemap}}, name="sitemap"),
    path("feed.xml", feed.changed_pages, name="feed"),
    path("sw.js", offline.worker),
    path("offline/", offline.without_network, name="offline"),
    path("code/", since.changed_since, name="code"),
    path("code/<str:code>/", since.changed_since, name="code_of"),
    path("card.png", cards.card),
    path("<path:path>/card.png", cards.card, name="card"),
    path("", views.page, name="home"),
    path("", include("education.search.urls")),
    path("index.txt", record.as_text),
    path("index.md", record.to_text),
    path("changes/", record.what_changed),
    path("<path:path>/index.txt", record.as_text, name="text"),
    path("<path:path>/index.md", record.to_text),
    path("<path:path>/changes/", record.what_changed, name="changes"),
    path("<path:path>/", views.page, name="page"),
]
