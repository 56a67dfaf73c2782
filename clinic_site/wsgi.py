"""What gunicorn serves: finished pages by the press, everything else by Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
django = get_wsgi_application()

from education.press import Press  # noqa: E402 - it reads models, which are there from here on

application = Press(django)
