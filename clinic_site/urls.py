"""Every address of the site, top down; pages come last because they take any path."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView

from education import media

handler400 = "clinic_site.views.unreadable"
handler403 = "clinic_site.failures.refused"
handler404 = "clinic_site.failures.missing"
handler500 = "clinic_site.failures.broken"

urlpatterns = [
    path(
        "favicon.ico", RedirectView.as_view(url=f"/{settings.STATIC_URL.lstrip('/')}img/favicon.ico", permanent=False)
    ),
    path("robots.txt", TemplateView.as_view(template_name="robots.txt", content_type="text/plain")),
    path(settings.STAFF_PATH, include("education.admin.editor")),
    path(settings.STAFF_PATH, admin.site.urls),
    path("media/pictures/<str:file>", media.picture),
    *i18n_patterns(
        path("", include("booking.urls")), path("", include("education.urls")), prefix_default_language=False
    ),
]
