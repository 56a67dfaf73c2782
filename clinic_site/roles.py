"""Who may do what: four roles as groups, and nothing outside them."""

from typing import Any

from django.contrib.auth.management import create_permissions

_QUEUE = ("booking.view_consultationrequest", "booking.change_consultationrequest")
_READ = ("education.view_page", "education.view_revision", "education.view_picture", "education.view_staffrecord")
_WRITE = (
    *_READ,
    "education.add_page",
    "education.change_page",
    "education.add_revision",
    "education.change_revision",
    "education.add_picture",
    "education.change_picture",
)
_PEOPLE = (
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
    "auth.view_group",
    "clinic_site.view_accountchange",
    "clinic_site.change_accountchange",
)

_STAFF_RECORDS = ("education.add_staffrecord", "education.change_staffrecord")

FRONT_DESK, AUTHOR, CLINICIAN, MANAGER = "Front desk", "Author", "Clinician", "Manager"
ROLES: dict[str, tuple[str, ...]] = {
    FRONT_DESK: _QUEUE,
    AUTHOR: _WRITE,
    CLINICIAN: (*_QUEUE, *_READ, "education.publish_page", "education.sign_page"),
    MANAGER: (*_QUEUE, "booking.lead_queue", *_WRITE, "education.publish_page", *_STAFF_RECORDS, *_PEOPLE),
}
"""Every role's permissions. Nobody adds or deletes a request by hand: patients make them, moves end them."""


def create_roles(apps: Any) -> None:
    """Create the groups and grant their permissions. Doing it again adds what is missing and takes nothing away.

    `apps` is the registry, also a migration's own. Permissions are made here too, because Django makes them only after
    the last migration.
    """
    for label in ("booking", "education", "auth", "clinic_site"):
        if label in apps.app_configs:  # the registry of an early migration knows no models of this app
            _make_permissions(apps, label)
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    known = {
        (each.content_type.app_label, each.codename): each for each in permission.objects.select_related("content_type")
    }
    for name, rights in ROLES.items():
        role, _created = group.objects.get_or_create(name=name)
        wanted = ((app, codename) for app, _dot, codename in (right.partition(".") for right in rights))
        # an early migration knows only the models of its time; a later one calls this again
        role.permissions.add(*(known[right] for right in wanted if right in known))


def _make_permissions(apps: Any, label: str) -> None:
    config = apps.get_app_config(label)
    if getattr(config, "models_module", None) is None:
        config.models_module = True  # a migration's registry knows no modules, and Django skips an app without one
    create_permissions(config, apps=apps, verbosity=0)
