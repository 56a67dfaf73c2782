"""Pages, their words and their history; signatures; pictures; and the edition that counts what patients can see."""

from education.models.agreement import Agreement
from education.models.desk import WorkingCopy
from education.models.edition import Edition
from education.models.event import PageEvent
from education.models.moved import Moved
from education.models.opinion import Opinion
from education.models.page import Page
from education.models.picture import Picture
from education.models.revision import Revision
from education.models.signing import ReviewLink, ReviewReminder, SignOff, StaffRecord

__all__ = [
    "Agreement",
    "Edition",
    "Moved",
    "Opinion",
    "Page",
    "PageEvent",
    "Picture",
    "ReviewLink",
    "ReviewReminder",
    "Revision",
    "SignOff",
    "StaffRecord",
    "WorkingCopy",
]
