"""Pictures: made afresh from what was uploaded, kept on disk and in a row, and exchanged with the folder of files."""

from education.images.exchange import export_pictures, import_pictures
from education.images.folder import check_pictures, folder_pictures
from education.images.gallery import site_pictures

__all__ = ["check_pictures", "export_pictures", "folder_pictures", "import_pictures", "site_pictures"]
