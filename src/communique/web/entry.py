"""Who may look: whoever has the one-time token of this start, and then the cookie that it was exchanged for."""

import secrets
from collections import deque
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from time import monotonic

#: Tries at the token that are answered in so many seconds.
TRIES, SECONDS = 10, 60.0


class TooManyTriesError(Exception):
    """Too many wrong tokens of late."""


class Entry:
    """The token of one start, and the session that it opens."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """A new token and a new session; `clock` counts seconds."""
        self.token: str | None = secrets.token_urlsafe(32)
        self.cookie = secrets.token_urlsafe(32)
        self.name = "communique"
        self._clock = clock
        self._tries: deque[float] = deque()

    def exchange(self, given: str) -> bool:
        """Whether a text is the token; it is spent then.

        Raises:
            TooManyTriesError: ten wrong ones came within the last minute.
        """
        at = self._clock()
        while self._tries and at - self._tries[0] >= SECONDS:
            self._tries.popleft()
        if len(self._tries) >= TRIES:
            raise TooManyTriesError
        if self.token is not None and secrets.compare_digest(given.encode("utf-8", "replace"), self.token.encode()):
            self.token = None
            return True
        self._tries.append(at)
        return False

    def knows(self, cookies: str) -> bool:
        """Whether a Cookie header holds the session."""
        try:
            given = SimpleCookie(cookies).get(self.name)
        except CookieError:
            return False
        return given is not None and secrets.compare_digest(
            given.value.encode("utf-8", "replace"), self.cookie.encode()
        )

    @property
    def header(self) -> str:
        """The Set-Cookie header of the session."""
        return f"{self.name}={self.cookie}; Path=/; HttpOnly; SameSite=Lax"
