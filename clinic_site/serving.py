"""The web server's worker: it waits for whole requests without holding a thread, and it leaves all at once.

gunicorn's own closes the pipe that wakes it while its threads still run; each writes a byte into that descriptor's
number when it is done, and by then the number may belong to the database (docs/decisions/0013).
"""

import os
import socket
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn import util
from gunicorn.http.errors import NoMoreData
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, PollableMethodQueue, TConn, ThreadWorker

from clinic_site.whole_requests import HELD_BYTES, is_whole

READ_SECONDS = 20.0  # a request arrives whole within this, counted from its first byte
PAUSE_SECONDS = 5.0  # a thread that reads the end of a long one waits so long for its next byte, and at least so in all
SEND_SECONDS = 20.0  # a caller takes each piece of an answer within this; one that reads nothing holds no thread
ORPHAN_SECONDS = 3.0  # once the master is gone, whoever restarts the site wants the port
LINGER_SECONDS = 0.5  # for the caller to read an answer before its line is closed

TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class OpenQueue(PollableMethodQueue):
    """The pipe by which threads wake the worker. Its numbers stay taken until the process ends."""

    def close(self) -> None:
        """Close nothing: a thread that still runs would write into whatever gets the number next."""


class BoundedReader(SocketUnreader):
    """Reads what of a long request had not come yet, and waits for no caller for ever."""

    until = 0.0

    def chunk(self, size_hint: int | None = None) -> bytes:
        left = self.until - time.monotonic()
        if left <= 0:
            raise NoMoreData
        self.sock.settimeout(min(left, PAUSE_SECONDS))
        try:
            return bytes(super().chunk(size_hint))
        except TimeoutError:
            self.until = 0.0  # who asks again waits no second time
            raise NoMoreData from None
        finally:
            self.sock.settimeout(SEND_SECONDS)


class Caller(TConn):
    """A connection, with what has arrived of its next request."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self.received = bytearray()
        self.until = 0.0
        self.data_ready = True  # a thread gets it when there is something to answer

    def receive(self, arrived: bytes) -> None:
        """Keep what arrived; the time for the whole of a request runs from its first byte."""
        if arrived and not self.received:
            self.until = time.monotonic() + READ_SECONDS
        self.received += arrived

    def init(self) -> None:
        """Hand what has arrived to gunicorn's parser."""
        if not self.initialized:
            super().init()
            self.parser.unreader = BoundedReader(self.sock)
        self.sock.settimeout(SEND_SECONDS)
        self.parser.unreader.until = max(self.until, time.monotonic() + PAUSE_SECONDS)  # it may have had to queue
        self.parser.unreader.unread(bytes(self.received))
        self.received.clear()


class Worker(ThreadWorker):
    """A threaded worker that slow callers cannot hold up and that cannot harm a file of its own process."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.method_queue = OpenQueue()

    def run(self) -> None:
        """Serve until told to stop, then end the process with all its threads, whatever they are at."""
        status: Any = 1
        try:
            self._serve()
            self._finish()
            status = 0
        except SystemExit as leaving:
            status = leaving.code
        except Exception:
            self.log.exception("The web server's worker failed")
        finally:
            os._exit(status if isinstance(status, int) else 1)

    def _serve(self) -> None:
        self.poller.register(self.method_queue.fileno(), EVENT_READ, self.method_queue.run_callbacks)
        while self.alive and self.is_parent_alive():
            self.set_accept_enabled(self.nr_conns < self.worker_connections)
            self._turn()

    def _finish(self) -> None:
        """Answer whoever is being served, as long as the grace lasts. The port is free from here on."""
        self.alive = False
        self.set_accept_enabled(False)
        for listener in self.sockets:
            listener.close()
        began = time.monotonic()
        self._cap_keepalive(began + STOP_KEEPALIVE_LINGER)
        grace = self.cfg.graceful_timeout
        while self.nr_conns and time.monotonic() - began < (grace if self.is_parent_alive() else ORPHAN_SECONDS):
            self._turn()

    def _turn(self) -> None:
        self.notify()
        self.wait_for_and_dispatch_events(timeout=1.0)
        self.murder_keepalived()
        self.murder_pending()

    def accept(self, listener: Any) -> None:
        """Take a connection and wait for its request."""
        with suppress(BlockingIOError, ConnectionAbortedError):  # another worker was quicker, or the caller left
            caller = Caller(self.cfg, *listener.accept(), listener.getsockname())
            self.nr_conns += 1
            self._wait(caller)

    def _wait(self, caller: Caller) -> None:
        """Wait for the first byte among `keepalived_conns`, for the rest of a request among `pending_conns`."""
        now = time.monotonic()
        caller.sock.setblocking(False)
        if caller.received:
            caller.timeout = caller.until
            self.pending_conns.append(caller)
        else:
            caller.timeout = now + (self.cfg.keepalive if self.alive else STOP_KEEPALIVE_LINGER)
            self.keepalived_conns.append(caller)
        self.poller.register(caller.sock, EVENT_READ, partial(self._receive, caller))

    def _receive(self, caller: Caller, line: socket.socket) -> None:
        waiting = self.pending_conns if caller.received else self.keepalived_conns
        try:
            arrived = line.recv(HELD_BYTES)
        except BlockingIOError:
            return
        except OSError:
            arrived = b""
        caller.receive(arrived)
        if arrived and not is_whole(caller.received) and waiting is self.pending_conns:
            return
        waiting.remove(caller)
        self.poller.unregister(line)
        if not arrived:
            self._drop(caller)
        elif is_whole(caller.received):
            self.enqueue_req(caller)
        else:
            self._wait(caller)

    def handle(self, conn: Caller) -> bool:
        """Answer one request, in a thread. Return whether the connection stays."""
        stays = bool(super().handle(conn))
        if not stays:  # here, not in the main loop, which would wait for this one caller
            util.close_graceful(conn.sock, LINGER_SECONDS)
        return stays

    def finish_request(self, conn: Caller, fs: "Future[bool]") -> None:
        """Wait for a connection's next request, or forget it."""
        if fs.cancelled() or fs.exception() or not fs.result():
            self._drop(conn)
            return
        conn.receive(conn.parser.unreader.take_buffered())
        if is_whole(conn.received):
            self.enqueue_req(conn)
        else:
            self._wait(conn)

    def murder_pending(self) -> None:
        """Send away who did not say what they want in time."""
        while self.pending_conns and self.pending_conns[0].timeout <= time.monotonic():
            caller = self.pending_conns.popleft()
            self.poller.unregister(caller.sock)
            with suppress(OSError):
                caller.sock.send(TOO_SLOW)
            self._drop(caller)

    def _drop(self, caller: Caller) -> None:
        self.nr_conns -= 1
        caller.close()
