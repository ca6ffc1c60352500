"""Pages and feeds of the web as inputs: what is new or was changed, and nothing twice."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import msgspec

from communique.ingest import formats
from communique.ingest.delivered import Parts
from communique.ingest.fetch import Fetched, Fetcher
from communique.ingest.metadata import as_iso
from communique.ingest.sources import Hints, Source
from communique.model import ids
from communique.model.problems import Problem

type Opened = Callable[[Source], Parts | Problem]
"""Finds the entries of a feed, where a file of strangers can do no harm."""


class Seen(msgspec.Struct, frozen=True):
    """What is there of an address: when it was changed last, "" where nobody knows, and the hashes of its versions."""

    updated: str = ""
    sha256: frozenset[str] = frozenset()


type Known = Mapping[str, Seen]

_TAG = re.compile(r"<[^<>]{0,4000}>")
#: Code points of an entry's own words from which on it is a report, and no mere announcement of one.
_FULL = 600
_NAME = 80


def pages(urls: Iterable[str], fetcher: Fetcher, hints: Hints, known: Known) -> Iterator[Source | Problem]:
    """What some addresses hold that is not there yet, or the Problem that stands in its place.

    Args:
        urls: the addresses.
        fetcher: how they are fetched.
        hints: what the caller knows.
        known: what is there, by address.
    """
    for url in urls:
        fetched = fetcher.fetch(url)
        if isinstance(fetched, Problem):
            yield fetched
        elif not _there(url, fetched, known):
            yield source_of(url, fetched, hints, known)


def _there(url: str, fetched: Fetched, known: Known) -> bool:
    """Whether an answer is, to the byte, a version that is there."""
    return url in known and (fetched.unchanged or ids.sha256_hex(fetched.data) in known[url].sha256)


def source_of(url: str, fetched: Fetched, hints: Hints, known: Known) -> Source:
    """One answer as an input.

    A page that was there before is a new version of that report. Where its server does not say when it changed, the
    time of the answer tells which version is the newer one.
    """
    name = (unquote(PurePosixPath(urlsplit(url).path).name) or urlsplit(url).netloc)[:_NAME]
    return Source(
        name,
        fetched.data,
        formats.detect(name, fetched.data[: formats.LOOK], fetched.media),
        msgspec.structs.replace(hints, url=url),
        fetched.charset,
        updated=fetched.modified or (fetched.answered if url in known else None),
    )


def watch(feeds: Iterable[str], fetcher: Fetcher, opened: Opened, known: Known) -> Iterator[Source | Problem]:
    """What feeds hold that is not there yet: entries with their text, and the pages that the others lead to.

    Args:
        feeds: addresses of feeds.
        fetcher: how they are fetched; with a cache, what has not changed is not fetched again.
        opened: finds the entries of a feed.
        known: as for `pages`; what is in it is asked for again only where its feed says that it was changed since.
    """
    for feed in feeds:
        fetched = fetcher.fetch(feed)
        if isinstance(fetched, Problem):
            yield fetched
            continue
        source = source_of(feed, fetched, Hints(), {})
        if not formats.is_many(source.format):
            yield source
            continue
        # The feed's own address is that of none of its reports.
        found = opened(msgspec.structs.replace(source, hints=Hints(), updated=None))
        yield from _entries(found, fetcher, known) if isinstance(found, Parts) else (found,)


def _entries(found: Parts, fetcher: Fetcher, known: Known) -> Iterator[Source | Problem]:
    yield from found.problems
    for part in found.parts:
        if isinstance(part, Problem) or part.hints.url is None or _whole(part):
            yield part
        elif _news(part, known):
            yield from _page(part, part.hints.url, fetcher, known)


def _whole(part: Source) -> bool:
    """Whether an entry has a report's text in it."""
    text = part.data.decode("utf-8", "replace")
    return len(" ".join(_TAG.sub(" ", text).split())) >= _FULL


def _news(part: Source, known: Known) -> bool:
    """Whether what an entry leads to is not there, or was changed since."""
    before = known.get(part.hints.url or "")
    if before is None:
        return True
    told, had = _moment(part.updated), _moment(before.updated)
    return told is not None and (had is None or told > had)


def _moment(text: str | None) -> dt.datetime | None:
    """A time as stated; one without an offset is taken for UTC."""
    stated = as_iso(text or "")
    if stated is None:
        return None
    moment = dt.datetime.fromisoformat(stated)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _page(part: Source, url: str, fetcher: Fetcher, known: Known) -> Iterator[Source | Problem]:
    """The page that an entry leads to; what the feed knows of it counts where the page says nothing."""
    fetched = fetcher.fetch(url)
    if isinstance(fetched, Problem):
        yield fetched
    elif not _there(url, fetched, known):
        hints = msgspec.structs.replace(part.hints, given_id=None)
        made = source_of(url, fetched, hints, known)
        # What the server or the feed states is of the publisher's clock, as that of the version before was.
        yield msgspec.structs.replace(made, updated=fetched.modified or part.updated or made.updated)
