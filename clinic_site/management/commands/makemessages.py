"""manage.py makemessages: bring the catalogues up to date with the words that patients may read."""

from typing import Any

from django.conf import settings
from django.core.management.commands import makemessages

STAFF_ONLY = (
    "templates/admin/*", "templates/auth/*", "templates/registration/*", "templates/emails/review_*.txt",
    "templates/emails/staff_notice.txt",
    "booking/admin/*", "booking/models/*", "booking/apps.py", "booking/history.py", "booking/rights.py",
    "booking/workflow.py",
    "clinic_site/admin.py", "clinic_site/apps.py", "clinic_site/changes_admin.py", "clinic_site/failures.py",
    "clinic_site/kept.py", "clinic_site/models.py", "clinic_site/second_pair.py",
    "clinic_site/sign_in.py", "clinic_site/staff.py",
    "education/admin/*", "education/models/*", "education/images/*", "education/apps.py", "education/diff.py",
    "education/gates.py", "education/history.py", "education/invitations.py", "education/moves.py",
    "education/publishing.py", "education/signing.py",
    "tests/*", "var/*",
)  # fmt: skip
"""Pages and messages for staff are in the source language."""


class Command(makemessages.Command):
    """Django's own command, which leaves out what only staff read, and reads the labels of drawings, too."""

    def handle(self, *args: Any, **options: Any) -> None:
        settings.LOCALE_PATHS = [settings.CATALOGUES]  # the written ones; the others are compiled from them
        options["ignore_patterns"] = [*options["ignore_patterns"], *STAFF_ONLY]
        options["extensions"] = options["extensions"] or ["html", "txt", "py", "svg"]
        options["no_wrap"] = options["no_obsolete"] = True
        options["add_location"] = "file"  # line numbers would change with every edit
        super().handle(*args, **options)
