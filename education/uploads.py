"""How much of a file is taken in at all. It holds for every form, also before anybody is known."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

from education.images.pixels import MOST_BYTES

MOST_READ = 4 * MOST_BYTES


class BoundedFiles(TemporaryFileUploadHandler):
    """Keeps a file on the disk while its form is answered. One too large is left out; a flood is not even read."""

    taken = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:  # noqa: N803 - Django's name
        """Refuse a flood by what it says of its size."""
        if content_length > MOST_READ:
            raise RequestDataTooBig(f"more than {MOST_READ} bytes")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        self.taken = 0
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, unless it makes the file too large: the form then comes without it."""
        self.taken += len(raw_data)
        if self.taken > MOST_BYTES:
            raise SkipFile
        super().receive_data_chunk(raw_data, start)
