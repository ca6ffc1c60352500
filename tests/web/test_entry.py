"""The one-time token, and the cookie that it is exchanged for."""

import pytest

from communique.web.entry import Entry, TooManyTriesError


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        """The time that it shows."""
        return self.at


def test_the_token_works_once() -> None:
    """The first exchange succeeds, every other fails."""
    entry = Entry()
    token = entry.token
    assert token
    assert entry.exchange(token)
    assert not entry.exchange(token)
    assert not entry.exchange("")


def test_tokens_differ_from_start_to_start() -> None:
    """No two starts share a token or a cookie, and a token is no cookie."""
    entries = [Entry() for _ in range(20)]
    assert len({e.token for e in entries} | {e.cookie for e in entries}) == 40


def test_ten_wrong_tokens_a_minute() -> None:
    """The eleventh is not even looked at, nor is the right one; after a minute it is."""
    clock = Clock()
    entry = Entry(clock)
    token = entry.token or ""
    for n in range(10):
        clock.at += 1
        assert not entry.exchange(f"wrong {n}")
    with pytest.raises(TooManyTriesError):
        entry.exchange(token)
    clock.at += 60
    assert entry.exchange(token)


@pytest.mark.parametrize(
    "cookies",
    ["", "communique=", "communique=x", "other=y", "communique", "communique=é", "=;;=", 'communique="', "\x00"],
)
def test_another_cookie_is_a_stranger(cookies: str) -> None:
    """Only the session's own value is known."""
    entry = Entry()
    assert not entry.knows(cookies)
    assert entry.knows(f"a=b; communique={entry.cookie}; c=d")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    """HttpOnly and SameSite=Lax, for the whole site."""
    assert Entry().header.partition("; ")[2] == "Path=/; HttpOnly; SameSite=Lax"
