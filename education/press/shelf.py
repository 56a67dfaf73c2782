"""Where finished pages are kept: those of one edition, within so many bytes."""

import threading
from collections import OrderedDict

from education.edition import Stamp
from education.press.sheet import Sheet


class Shelf:
    """The finished pages of one edition. What was longest not asked for makes room."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.edition: Stamp | None = None
        self._weight = 0
        self._sheets: OrderedDict[str, Sheet] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, path: str) -> bool:
        return path in self._sheets

    @property
    def is_nearly_full(self) -> bool:
        """Say whether the next page might push another out."""
        return self._weight >= self.room * 3 // 4

    def find(self, path: str, edition: Stamp) -> Sheet | None:
        """Return the page at a path as this edition has it. A new edition throws the old one away whole."""
        with self._lock:
            if edition != self.edition:
                self._sheets.clear()
                self._weight, self.edition = 0, edition
            sheet = self._sheets.get(path)
            if sheet is not None:
                self._sheets.move_to_end(path)
            return sheet

    def keep(self, path: str, edition: Stamp, sheet: Sheet) -> None:
        """Keep a page, unless the edition for which it was printed is over."""
        with self._lock:
            if edition != self.edition or path in self._sheets:
                return
            self._sheets[path] = sheet
            self._weight += sheet.weight
            while self._weight > self.room:
                _path, dropped = self._sheets.popitem(last=False)
                self._weight -= dropped.weight
