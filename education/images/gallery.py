"""Pictures of the site: kept once each, shown to pages, and taken away where no page needs them."""

import re
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from education.images.files import remove_files, write_files
from education.images.pixels import Made
from education.models import Page, Picture, Revision
from education.pictures import Shown

LONGEST_NAME = 60
PAST = (Revision.State.SUPERSEDED, Revision.State.ASIDE)
TRIES = 3


def shown(picture: Picture) -> Shown:
    """Return what pages need to know of a picture."""
    return Shown(
        picture.name,
        picture.digest,
        picture.width,
        picture.height,
        tuple(picture.widths),
        picture.alt,
        picture.decorative,
        picture.credit,
        picture.consent,
    )


def site_pictures() -> dict[str, Shown]:
    """Return every picture of the site by its name (one query)."""
    return {picture.name: shown(picture) for picture in Picture.objects.all()}


def keep_picture(
    made: Made, *, name: str, by: AbstractBaseUser | None, at: datetime, **said: Any
) -> tuple[Picture, bool]:
    """Keep a picture with what is `said` of it. Returns it, and whether it is new: the same pixels are kept once.

    The files are written first: after a crash there are at worst files that no row names.
    """
    for attempt in range(TRIES):
        found = Picture.objects.filter(digest=made.digest).first()
        if found is not None:
            write_files(made, shown(found))
            return found, False
        picture = row_of(made, free_name(name), added_by=by, added_at=at, **said)
        write_files(made, shown(picture))
        try:
            with transaction.atomic():
                picture.save(force_insert=True)
        except IntegrityError:  # someone else took the name, or brought the same picture, in this moment
            if attempt == TRIES - 1:
                raise
            continue
        break
    return picture, True


def row_of(made: Made, name: str, **said: Any) -> Picture:
    """Return the row of a picture, not saved yet."""
    return Picture(name=name, digest=made.digest, width=made.width, height=made.height, widths=made.widths, **said)


def free_name(wanted: str) -> str:
    """Return a name that no picture has, like the one wanted."""
    plain = slugify(wanted.rpartition(".")[0] or wanted).replace("_", "-").strip("-")
    plain = re.sub("-+", "-", plain)[: LONGEST_NAME - 5].strip("-") or "picture"
    taken = set(Picture.objects.filter(name__startswith=plain).values_list("name", flat=True))
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (plain, *numbered) if name not in taken)


def pages_with(name: str) -> list[Page]:
    """Return the pages whose words show a picture, or will: published, drafts, those in review and those to come."""
    marked = Revision.objects.filter(text__contains=f"(picture:{name}").exclude(state__in=PAST)
    exact = re.compile(rf"\(picture:{re.escape(name)}[\s)]")
    pages = {row.page_id for row in marked.only("page_id", "text") if exact.search(row.text)}
    return list(Page.objects.filter(pk__in=pages).order_by("language", "path"))


def is_public(name: str) -> bool:
    """Say whether words that patients can read name a picture, shown or not."""
    return Page.objects.published().filter(pk__in=[page.pk for page in pages_with(name)]).exists()


@transaction.atomic
def remove_picture(picture: Picture) -> None:
    """Take away a picture that no page shows. Its files go once the row is gone for good."""
    if pages_with(picture.name):
        raise ValueError("pages show this picture")
    gone = shown(picture)
    picture.delete()
    transaction.on_commit(partial(remove_files, gone))
