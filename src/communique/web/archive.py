"""The open database behind the page: each state of it is read once, and kept for as long as it stays."""

import gc
from collections import OrderedDict
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from contextlib import suppress
from threading import Lock

from communique import api
from communique.errors import BusyError, NotFoundError
from communique.model.record import Record
from communique.model.review import Item
from communique.web.index import Index

type Key = tuple[str | None, str | None]
"""State of the database, and the day, or what else is made of it."""

#: Records that are kept at a time: the newest, and some earlier days.
KEPT = 3
#: Seconds that a reader waits for a record before being told to come back.
WAIT = 1.5


class Archive:
    """A database, opened to be read; what rules opens it anew, to be written."""

    def __init__(self, url: str, *, read_only: bool = False, wait: float = WAIT) -> None:
        """Open a database.

        Args:
            url: a path or a URL.
            read_only: whether rulings are refused.
            wait: seconds that a reader waits for a record, or for what waits for a ruling.

        Raises:
            StoreError: it cannot be opened.
        """
        self.url = url
        self.read_only = read_only
        self._patience = wait
        self.reading = api.open(url, read_only=True)
        self._lock = Lock()
        self._made: OrderedDict[Key, Future[Index]] = OrderedDict()
        self._queue: tuple[Key, Future[tuple[Item, ...]]] | None = None
        self._maker = ThreadPoolExecutor(2, "record")

    def index(self, as_of: str | None = None, *, whole: bool = False) -> Index:
        """The record as it is now, or as it was known on a day, laid out.

        Args:
            as_of: a day, `YYYY-MM-DD`.
            whole: wait for it as long as it takes.

        Raises:
            BusyError: it is still being worked out; asking again finds it.
        """
        key = (self.reading.state(), as_of)
        with self._lock:
            if key not in self._made:
                self._made[key] = self._maker.submit(self._make, as_of)
            self._made.move_to_end(key)
            while len(self._made) > KEPT:
                self._made.popitem(last=False)[1].cancel()
            made = self._made[key]
        return self._wait(key, made, None if whole else self._patience)

    def queue(self, *, whole: bool = False) -> tuple[Item, ...]:
        """What waits for a ruling now.

        Args:
            whole: wait for it as long as it takes.

        Raises:
            BusyError: it is still being worked out; asking again finds it.
        """
        key, made = self._queued()
        return self._wait(key, made, None if whole else self._patience)

    def _queued(self) -> tuple[Key, Future[tuple[Item, ...]]]:
        key = (self.reading.state(), "queue")
        with self._lock:
            if self._queue is None or self._queue[0] != key:
                self._queue = (key, self._maker.submit(self._waiting))
            return self._queue

    def prepare(self) -> None:
        """Begin to work out what visitors may ask for next, without waiting for it."""
        self._queued()

    def _waiting(self) -> tuple[Item, ...]:
        try:
            return self.reading.review.queue()
        except NotFoundError:
            return ()

    def _wait[T](self, key: Key, made: Future[T], wait: float | None) -> T:
        try:
            return made.result(wait)
        except (TooLong, CancelledError):
            message = "this is being worked out: the page comes back by itself"
            raise BusyError(message) from None
        except BaseException:
            with self._lock:
                self._made.pop(key, None)
                self._queue = None
            raise

    def _make(self, as_of: str | None) -> Index:
        record: Record | None = None
        with suppress(NotFoundError):
            record = self.reading.record(as_of)
        index = Index(record)
        index.warm()
        # A record holds a million small objects for as long as it is read: the collector need not visit them.
        gc.freeze()
        return index

    def close(self) -> None:
        """Close the database."""
        self._maker.shutdown(wait=True, cancel_futures=True)
        self.reading.close()
