"""Pictures: made afresh from what was uploaded, kept on disk and in a row, and exchanged with the folder of files."""

from education.images.exchange import export_pictures, import_pictures, write_pictures
from education.images.folder import check_pictures, folder_pictures
from education.images.gallery import site_pictures
from education.images.standing import Pictured, Standing, future_pictures, need_work, standings, told

__all__ = [
    "Pictured",
    "Standing",
    "check_pictures",
    "export_pictures",
    "folder_pictures",
    "future_pictures",
    "import_pictures",
    "need_work",
    "site_pictures",
    "standings",
    "told",
    "write_pictures",
]
