"""Addresses of the pages: home, and every path that a file or the admin gave a page. The last of all."""

from django.urls import path

from education import views

app_name = "education"

urlpatterns = [
    path("", views.page, name="home"),
    path("<path:path>/", views.page, name="page"),
]
