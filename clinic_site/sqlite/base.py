"""Who writes to SQLite waits in line with the other threads of this process, first come, first served.

SQLite itself lets whoever tries at the right moment go first: of many threads some wait until their time is up.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Turns:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def take(self, seconds: float) -> None:
        """Wait for the turn. Raises OperationalError, as SQLite does, when it has not come in time."""
        called = threading.Event()
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            self._waiting.append(called)
        if called.wait(seconds):
            return
        with self._guard:
            if called.is_set():  # it came in the last moment
                return
            self._waiting.remove(called)
        raise OperationalError("database is locked")

    def give_back(self) -> None:
        """Let the next one go."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


TURNS = Turns()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that waits for its turn before each transaction, and before a write that is one by itself."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._has_turn = False
        self.execute_wrappers.append(self._in_turn)

    def _take_turn(self) -> None:
        TURNS.take(float(self.settings_dict["OPTIONS"].get("timeout", 5)))
        self._has_turn = True

    def _give_turn_back(self) -> None:
        if self._has_turn:
            self._has_turn = False
            TURNS.give_back()

    def _in_turn(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if self._has_turn or not sql.lstrip().upper().startswith(WRITES):
            return execute(sql, params, many, context)
        self._take_turn()
        try:
            return execute(sql, params, many, context)
        finally:
            self._give_turn_back()

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn_back()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        try:
            super()._set_autocommit(autocommit)  # type: ignore[misc]
        finally:
            if autocommit:
                self._give_turn_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn_back()
